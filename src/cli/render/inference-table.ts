// Inspections as rows of the terminal, printed while they are made.
import pc from 'picocolors';
import type { InferReport } from '../../runtime/infer-once.ts';
import { failureText } from '../../runtime/inference-record.ts';
import { type Column, tableRow } from './table.ts';

type ListedRecord = InferReport['records'][number];

/** Prints rows of a table whose images are known beforehand. */
export class InferenceTable {
  readonly #columns: readonly Required<Column>[];
  readonly #print: (line: string) => void;
  readonly #paint: ReturnType<typeof pc.createColors>;

  constructor(images: readonly string[], colour: boolean, print: (line: string) => void) {
    this.#print = print;
    this.#paint = pc.createColors(colour);
    this.#columns = [
      { title: 'IMAGE', align: 'left', width: Math.max(5, ...images.map((image) => [...image].length)) },
      { title: 'DECISION', align: 'left', width: 8 },
      { title: 'SCORE', align: 'right', width: 6 },
      { title: 'BOXES', align: 'right', width: 5 },
      { title: 'MS', align: 'right', width: 7 },
    ];
    print(
      this.#paint.dim(
        tableRow(
          this.#columns,
          this.#columns.map(({ title }) => title),
        ),
      ),
    );
  }

  /** One row; a picture that was not inspected has the reason in place of the figures. */
  add(record: ListedRecord): void {
    if ('error' in record) {
      const [image = { title: '', align: 'left', width: 0 }, decision = image] = this.#columns;
      this.#print(`${tableRow([image, decision], [record.image, this.#paint.magenta('error')])}  ${failureText(record)}`);
      return;
    }
    const { image, decision, anomaly_score: score, bboxes, wall_time_ms: ms } = record;
    this.#print(tableRow(this.#columns, [image, this.#coloured(decision), score.toFixed(4), String(bboxes.length), ms.toFixed(1)]));
  }

  #coloured(decision: string): string {
    const colours: Readonly<Record<string, (text: string) => string>> = {
      pass: this.#paint.green,
      review: this.#paint.yellow,
      fail: this.#paint.red,
    };
    return (colours[decision] ?? this.#paint.magenta)(decision);
  }
}
