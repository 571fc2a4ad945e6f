// The folder of an inspection: overlays, anomaly maps, results.json and a page; it appears whole or not at all.
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stagingPath, writeError } from '../core/atomic-write.ts';
import { KitError } from '../core/kit-error.ts';
import { encodePng } from '../image/encode-png.ts';
import { encodePreview } from '../image/encode-preview.ts';
import { encodeNpy } from '../image/npy.ts';
import { drawOverlay } from '../image/overlay.ts';
import type { WrittenFiles } from './inference-record.ts';
import type { Inspection } from './session.ts';

/** Small pictures of an inspection for the page, as data URIs. */
export interface Previews {
  readonly overlay: string;
  readonly original: string;
}

const resultsName = 'results.json';
const pageName = 'index.html';

/** A result folder in the making. */
export class ResultFolder {
  readonly path: string;
  readonly #staging: string;
  readonly #previewEdge: number;

  private constructor(path: string, staging: string, previewEdge: number) {
    this.path = path;
    this.#staging = staging;
    this.#previewEdge = previewEdge;
  }

  /**
   * Starts a folder beside its final place; `imageCount` decides how large the previews on the page are.
   *
   * @throws {@link KitError} `FILE_EXISTS` when something other than earlier results is there, `WRITE_FAILED`.
   */
  static async create(path: string, imageCount: number): Promise<ResultFolder> {
    const there = await readdir(path).catch((error: NodeJS.ErrnoException): string[] | undefined =>
      error.code === 'ENOENT' ? [] : undefined,
    );
    if (there === undefined || (there.length > 0 && !there.includes(resultsName)))
      throw new KitError('FILE_EXISTS', `${path} exists and does not hold earlier results`, { hint: 'name a new or empty folder' });
    const staging = stagingPath(path);
    await mkdir(staging, { recursive: true }).catch((cause: unknown) => {
      throw writeError(path, cause);
    });
    return new ResultFolder(path, staging, imageCount <= 100 ? 480 : 280);
  }

  /** Writes overlay and anomaly map of an inspection. */
  async add(inspection: Inspection & { status: 'inspected' }): Promise<{ files: WrittenFiles; previews: Previews }> {
    const { name, picture, result } = inspection;
    const overlay = drawOverlay(picture, result);
    const files = { overlay: `overlays/${name}.overlay.png`, ...(result.anomalyMap !== undefined && { map: `maps/${name}.map.npy` }) };
    await this.#write(files.overlay, await encodePng(overlay));
    if (result.anomalyMap !== undefined && files.map !== undefined) await this.#write(files.map, encodeNpy(result.anomalyMap));
    return { files, previews: { overlay: await this.#preview(overlay), original: await this.#preview(picture) } };
  }

  /** Writes results and page, then moves everything into place; earlier results go. */
  async finish(results: unknown, page?: string): Promise<void> {
    await this.#write(resultsName, `${JSON.stringify(results, null, 2)}\n`);
    if (page !== undefined) await this.#write(pageName, page);
    const former = stagingPath(this.path);
    try {
      const replaced = await rename(this.path, former).then(
        () => true,
        () => false,
      );
      await rename(this.#staging, this.path).catch(async (cause: unknown) => {
        if (replaced) await rename(former, this.path);
        throw cause;
      });
      await rm(former, { recursive: true, force: true });
    } catch (cause) {
      throw writeError(this.path, cause);
    }
  }

  /** Removes what was not finished. */
  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true });
  }

  async #preview(image: Parameters<typeof encodePreview>[0]): Promise<string> {
    return `data:image/webp;base64,${(await encodePreview(image, this.#previewEdge)).toString('base64')}`;
  }

  async #write(name: string, data: string | Uint8Array): Promise<void> {
    const path = join(this.#staging, ...name.split('/'));
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, data);
    } catch (cause) {
      throw writeError(join(this.path, name), cause);
    }
  }
}
