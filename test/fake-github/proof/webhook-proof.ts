import { Compiler, type Check } from './compiler.ts';
import { jsonSchema, webhookDescription } from './description.ts';

let compiler: Compiler | null = null;
const checks = new Map<string, Check>();

function checkOf(name: string): Check {
  const { requestBody } = webhookDescription().webhooks[name]?.post ?? {};
  const schema = requestBody ? jsonSchema(requestBody) : null;
  if (!schema) return () => ['/: GitHub sends no such event'];
  return (compiler ??= new Compiler(webhookDescription())).compile(schema);
}

/** What is wrong with a webhook, by GitHub's description of the event and action. */
export function faultsOfWebhook(event: string, action: string | null, payload: unknown): readonly string[] {
  const name = [event, ...(action === null ? [] : [action])].join('-').replaceAll('_', '-');
  const check = checks.get(name) ?? checkOf(name);
  checks.set(name, check);
  return check(payload);
}
