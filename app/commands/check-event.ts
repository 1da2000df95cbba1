import { problemsOf } from "~/events/check-event";
import { isKnownCustom } from "~/events/custom-events";

const USAGE = `Usage: npm run check-event -- NAME [FIELDS]

Says what is wrong with an event that a theme publishes, such as
  npm run check-event -- pixelnova:shared '{"method":"native","productId":123}'
The events and their fields are in docs/events.md.`;

/** Answers what a person typed; JSON that is none is one more thing that can be wrong. */
function check(name: string, json: string): string[] {
  try {
    return problemsOf(name, JSON.parse(json));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return [`fields: want JSON, ${error.message}`];
  }
}

const [name, json = "{}"] = process.argv.slice(2);
if (!name) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const problems = check(name, json);
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) process.exitCode = 1;
  else if (isKnownCustom(name)) console.log("All of it is kept.");
  else console.log(`All of it is kept, but ${name} is no event that the app makes reports of.`);
}
