// What is plainly wrong with a result, whatever the plugin is for.
import type { Plane, ResultCopy } from './plugin-copies.ts';
import type { TestImage } from './test-image.ts';

/** Words of the contract for a verdict. */
export const decisions: readonly string[] = ['pass', 'fail', 'review'];

/** A text for a message: quoted, short. */
export function quoted(text: string | null): string {
  return text === null ? 'NULL' : JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** The first thing that is wrong with a result of this image, or undefined. */
export function firstProblem(result: ResultCopy, image: TestImage): string | undefined {
  return decisionProblem(result) ?? scoreProblems(result)[0]?.text ?? mapProblem(result.map) ?? boxProblem(result.boxes, image);
}

/** The same, unless the result of an ordinary image is wrong already: then the checks of results say so. */
export function furtherProblem(ordinary: ResultCopy, nominal: TestImage, result: ResultCopy, image: TestImage): string | undefined {
  const problem = firstProblem(result, image);
  return problem !== undefined && firstProblem(ordinary, nominal) === undefined ? problem : undefined;
}

/** Whether the decision is one of the three words. */
export function decisionProblem({ decision }: ResultCopy): string | undefined {
  return decision !== null && decisions.includes(decision)
    ? undefined
    : `decision is ${quoted(decision)}, not one of ${decisions.join(', ')}`;
}

/** Confidence and anomaly_score that are not within 0..1. */
export function scoreProblems({ confidence, anomalyScore }: ResultCopy): { field: string; value: number; text: string }[] {
  return Object.entries({ confidence, anomaly_score: anomalyScore })
    .filter(([, value]) => !isShare(value))
    .map(([field, value]) => ({ field, value, text: `${field} is ${value}` }));
}

/** The first value of a map that is not within 0..1, with how many there are. */
export function mapProblem({ data, width }: Plane<Float32Array>): string | undefined {
  if (data === null) return undefined;
  const wrong = firstNoShare(data);
  if (wrong < 0) return undefined;
  const count = data.reduce((sum, value) => sum + (isShare(value) ? 0 : 1), 0);
  return `anomaly_map[${wrong % width}, ${Math.floor(wrong / width)}] is ${data[wrong]}; ${count} of ${data.length} values are not within 0..1`;
}

const slackPixels = 1;

/** What is wrong with the first wrong box of an image. */
export function boxProblem({ data }: Plane<Float32Array>, image: Pick<TestImage, 'width' | 'height'>): string | undefined {
  for (let at = 0; at + 5 < (data?.length ?? 0); at += 6) {
    const box = Array.from(data?.subarray(at, at + 6) ?? []);
    const problem = problemOfBox(box, image);
    if (problem !== undefined) return `box ${at / 6} (${box.join(', ')}) ${problem}`;
  }
  return undefined;
}

function problemOfBox(box: readonly number[], { width, height }: Pick<TestImage, 'width' | 'height'>): string | undefined {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, kind = 0] = box;
  if (!box.every(Number.isFinite)) return 'has a number that is not finite';
  if (x1 >= x2) return 'has x1 ≥ x2';
  if (y1 >= y2) return 'has y1 ≥ y2';
  if (x1 < -slackPixels || y1 < -slackPixels || x2 > width + slackPixels || y2 > height + slackPixels)
    return `lies outside the image of ${width}×${height}`;
  if (!isShare(score)) return `has the score ${score}, not within 0..1`;
  return Number.isInteger(kind) && kind >= 0 ? undefined : `has the class ${kind}, not a whole number from 0 on`;
}

/** A loop, since nothing compiles a function that would be called for each value. */
function firstNoShare(values: Float32Array): number {
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (!(value >= 0 && value <= 1)) return at;
  }
  return -1;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
