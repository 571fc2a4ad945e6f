// Shows what is in a package: facts, files as a tree with their sizes, models.
import type { InspectedFile, InspectedModel, Inspection } from '../../package/inspect.ts';
import type { Verification } from '../../signing/verify.ts';
import { tableLines } from './table.ts';

/** The lines to print. */
export function inspectionLines(inspection: Inspection, { code, signers }: Pick<Verification, 'code' | 'signers'>): string[] {
  const { path, sizeBytes, kind, id, name, version, platforms, manifestErrors, contentDigest, sbom } = inspection;
  const facts: (readonly [string, string])[] = [
    ['package', `${path}, ${formatSize(sizeBytes)}`],
    ['kind', kind === 'v1' ? 'script, manifest version 1' : kind],
    ['app', id === null ? 'the manifest is not valid' : `${name} (${id}) ${version}`],
    ['platforms', kind === 'native' ? platforms.join(', ') || 'none' : 'any'],
    ...signers.map(({ keyId, subject, trusted }) => ['signer', signerText(keyId, subject, trusted)] as const),
    ...(signers.length === 0 ? [['signer', 'none'] as const] : []),
    ['verdict', code === null ? 'trusted here' : `${code}: see mvas verify`],
    ['content', contentDigest],
    ...(manifestErrors > 0 ? [['manifest', `${manifestErrors} errors: see mvas validate`] as const] : []),
    ...(sbom === null ? [] : [['sbom', sbomText(sbom)] as const]),
  ];
  return [
    ...facts.map(([title, text]) => `${title.padEnd(10)} ${text}`),
    '',
    ...treeLines(inspection.files),
    ...inspection.models.flatMap(modelLines),
  ];
}

function signerText(keyId: string, subject: string | undefined, trusted: boolean): string {
  return `${keyId.slice(0, 16)}  ${subject ?? 'no certificate'}  ${trusted ? 'trusted' : 'not trusted'} here`;
}

function sbomText(sbom: Readonly<Record<string, number>>): string {
  return Object.entries(sbom)
    .map(([type, count]) => `${count} ${type}`)
    .join(', ');
}

/** Folders once, their files below them, in the order of the archive. */
function treeLines(files: readonly InspectedFile[]): string[] {
  const shown = new Set<string>();
  const rows = files.flatMap(({ name, sizeBytes, sha256 }) => {
    const parts = name.split('/');
    const folders = parts.slice(0, -1).flatMap((folder, depth) => {
      const path = parts.slice(0, depth + 1).join('/');
      if (shown.has(path)) return [];
      shown.add(path);
      return [[`${'  '.repeat(depth)}${folder}/`, '', '']];
    });
    return [...folders, [`${'  '.repeat(parts.length - 1)}${parts.at(-1)}`, formatSize(sizeBytes), sha256.slice(0, 16)]];
  });
  return tableLines([{ title: 'FILE' }, { title: 'SIZE', align: 'right' }, { title: 'SHA-256' }], rows);
}

function modelLines(model: InspectedModel): string[] {
  if ('unreadable' in model) return ['', `${model.path}: ${model.unreadable}`];
  const tensors = [
    ...model.inputs.map((tensor) => ['input', tensor] as const),
    ...model.outputs.map((tensor) => ['output', tensor] as const),
  ];
  return [
    '',
    `${model.path}: ONNX, opset ${model.opset}, ${model.nodeCount} operators`,
    ...tensors.map(([role, { name, type, shape }]) => `  ${role.padEnd(6)}  ${name}  ${type} [${shape.join(', ')}]`),
  ];
}

function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
