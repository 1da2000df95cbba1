/** A share as a bar under a text, for the eye alone: the number stands elsewhere. */
export const ShareBar = ({ text, share }: { text: string; share: number | null }) => (
  <>
    {text}
    <div className="share-bar" aria-hidden>
      <div style={{ width: `${(share ?? 0) * 100}%` }} />
    </div>
  </>
);
