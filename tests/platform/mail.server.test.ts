import { expect, test } from "vitest";
import { createMailer, type Mail } from "~/platform/mail.server";
import { openMailbox } from "../catalog/receivers";

const mail = (about: Partial<Mail> = {}): Mail => ({
  ...{ id: "one", fromName: "Hearth & Home", to: "ana@example.com", subject: "It is back" },
  ...{ text: "The mug is back.", html: "<p>The mug is back.</p>" },
  unsubscribeUrl: "https://app.example/alerts/unsubscribe/x",
  ...about,
});
const from = "alerts@app.example";

test("an e-mail arrives as text and HTML, from the shop, with a way to unsubscribe", async () => {
  const mailbox = await openMailbox();

  const sent = await createMailer({ smtpUrl: mailbox.url, from }).send(
    mail({ subject: "It is\r\nBcc: eve@example.com back" }),
  );

  expect(sent).toEqual({ status: "accepted" });
  const [{ to, message } = { to: "", message: "" }] = mailbox.received;
  expect(to).toBe("ana@example.com");
  expect(message).toContain('From: "Hearth & Home" <alerts@app.example>');
  expect(message).toContain("Subject: It is Bcc: eve@example.com back");
  expect(message).not.toMatch(/^Bcc/m);
  expect(message).toContain("Message-ID: <one@app.example>");
  expect(message).toContain("List-Unsubscribe: <https://app.example/alerts/unsubscribe/x>");
  expect(message).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  expect(message).toMatch(/text\/plain[^]*The mug is back\.[^]*text\/html[^]*<p>The mug is back/);
  await mailbox.close();
});

test("an address that is refused for good is told from one that may be taken later", async () => {
  const mailbox = await openMailbox((to) =>
    Object.assign(new Error(`no ${to} here`), {
      responseCode: to.startsWith("gone") ? 550 : 451,
    }),
  );
  const mailer = createMailer({ smtpUrl: mailbox.url, from });

  const [gone, full] = [
    await mailer.send(mail({ to: "gone@example.com" })),
    await mailer.send(mail({ to: "full@example.com" })),
  ];

  expect(gone.status).toBe("refused");
  expect(full.status).toBe("failed");
  expect(JSON.stringify([gone, full])).not.toContain("example.com");
  await mailbox.close();
});

test("a server that is away may be back", async () => {
  const mailbox = await openMailbox();
  await mailbox.close();

  const sent = await createMailer({ smtpUrl: mailbox.url, from }).send(mail());

  expect(sent.status).toBe("failed");
});
