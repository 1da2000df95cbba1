/** The process is up and answers. */
export const loader = () => new Response("ok\n");
