import { createTransport } from "nodemailer";
import type { MailConfig } from "./config.server";
import type { Outcome } from "./outcome";
import { SECOND } from "./time";

/** An e-mail to one person. */
export type Mail = {
  /** The same in every attempt, so that a mailbox can tell a repeat. */
  id: string;
  /** Whom it seems to come from; the address is the configured one. */
  fromName: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where a POST ends such e-mails for good: RFC 8058. */
  unsubscribeUrl: string;
};

export type Mailer = { send: (mail: Mail) => Promise<Outcome> };

const PATIENCE = {
  connectionTimeout: 10 * SECOND,
  greetingTimeout: 10 * SECOND,
  socketTimeout: 20 * SECOND,
};

/** Hands e-mails to an SMTP server. */
export function createMailer({ smtpUrl, from }: MailConfig): Mailer {
  const transport = createTransport({ url: smtpUrl, ...PATIENCE });
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return {
    async send({ id, fromName, to, unsubscribeUrl, subject, text, html }) {
      try {
        await transport.sendMail({
          ...{ subject: inOneLine(subject), text, html, to: { name: "", address: to } },
          ...{ disableFileAccess: true, disableUrlAccess: true },
          from: { name: inOneLine(fromName), address: from },
          messageId: `<${id}@${domain}>`,
          headers: {
            "List-Unsubscribe": `<${unsubscribeUrl}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
          },
        });
        return { status: "accepted" };
      } catch (error) {
        return outcomeOf(error, to);
      }
    },
  };
}

const inOneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** A server that refuses the address or the message with a code of 500 and up will do so again; one that
 * is away, or does not let us in, may not. The reason is shown to the merchant: it names nobody. */
function outcomeOf(error: unknown, to: string): Outcome {
  if (!(error instanceof Error)) throw error;
  const { code, responseCode } = error as Error & { code?: string; responseCode?: number };
  const isOfMail = code === "EENVELOPE" || code === "EMESSAGE";
  const reason = inOneLine(error.message).replaceAll(to, "the address").slice(0, 300);
  return { status: isOfMail && (responseCode ?? 0) >= 500 ? "refused" : "failed", reason };
}
