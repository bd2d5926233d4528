import { RE2JS } from 're2js';
import { z } from 'zod';

const longestPattern = 512;
const longestInput = 64 * 1024;
/** Instructions of the compiled program; what is larger takes too long on a long text. */
const largestProgram = 1000;
const mostKept = 200;

/** An option that holds an RE2 pattern; whoever reads rules refuses one for which `patternFault` has an answer. */
export function pattern() {
  return z.string().max(longestPattern).meta({ format: 'regex' });
}

const compiled = new Map<string, RE2JS>();

function compile(text: string): RE2JS {
  const known = compiled.get(text);
  if (known) return known;
  if (text.length > longestPattern) throw new Error(`longer than ${longestPattern} characters`);
  const program = RE2JS.compile(text);
  if (program.programSize() > largestProgram) throw new Error('too large: use smaller repetitions');
  if (compiled.size >= mostKept) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(text, program);
  return program;
}

/** What is wrong with the pattern, in English; null when it can be used. */
export function patternFault(text: string): string | null {
  try {
    compile(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the pattern is found anywhere in the first 64 KB of a text, in linear time. Throws on a faulty pattern. */
export function matcher(text: string): (input: string) => boolean {
  const program = compile(text);
  return (input) => program.test(input.slice(0, longestInput));
}
