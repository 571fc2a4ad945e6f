// The contact sheet of an inspection.
import { kitVersion } from '../../core/kit-version.ts';
import { hostPlatform } from '../../core/platform.ts';
import { heatStops } from '../../image/heat-colours.ts';
import { type ContactImage, renderContactSheet } from '../../report/contact-sheet.ts';
import type { ListedRecord, LoadedApp } from '../../runtime/infer-once.ts';
import { failureText } from '../../runtime/inference-record.ts';

/** Renders the page of a result folder. */
export function renderInferencePage(app: LoadedApp, records: readonly ListedRecord[]): string {
  const { id, name, version } = app.manifest.app;
  const folder = commonFolder(records.map(({ record }) => record.image));
  return renderContactSheet({
    title: `${name} ${version}`,
    facts: [
      ['App', `${id} ${version}`],
      ...(folder === '' ? [] : ([['Pictures', folder]] as const)),
      ['Trust', app.trust],
      ['Model', modelText(app)],
      [
        'Settings',
        Object.entries(app.settings)
          .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
          .join(', ') || 'none',
      ],
      ['Ready after', `${app.loadTimeMs.toFixed(0)} ms`],
      ['Inspected by', `mvas-kit ${kitVersion} on ${hostPlatform()}`],
    ],
    images: records.map((entry) => toContactImage(entry, folder.length)),
    ...(records.some(({ drawn }) => drawn) && { scale: heatStops }),
  });
}

/** Which model was loaded, and why not the one before it. */
export function modelText({ model, passedOver }: Pick<LoadedApp, 'model' | 'passedOver'>): string {
  return passedOver.length === 0 ? model.name : `${model.name} (${model.role}): ${passedOver.join('; ')}`;
}

function toContactImage({ record, previews }: ListedRecord, skipped: number): ContactImage {
  const name = record.image.slice(skipped);
  if ('error' in record) return { name, decision: 'error', message: failureText(record) };
  return {
    name,
    decision: record.decision,
    score: record.anomaly_score,
    confidence: record.confidence,
    boxes: record.bboxes.length,
    ms: record.wall_time_ms,
    ...(record.visualization !== null && { file: record.visualization }),
    ...(previews !== undefined && { preview: previews.overlay, original: previews.original }),
  };
}

/** What all paths begin with up to a slash: said once, not on every card. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  let folder = first.slice(0, first.lastIndexOf('/') + 1);
  while (!others.every((path) => path.startsWith(folder))) folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return folder;
}
