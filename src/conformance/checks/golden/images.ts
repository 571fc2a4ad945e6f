// The project's own pictures give the recorded results.
import { KitError } from '../../../core/kit-error.ts';
import { defineCheck } from '../../check.ts';
import { type Finding, skip } from '../../finding.ts';
import { recordedReferences } from '../../recorded-references.ts';

const check = defineCheck({
  id: 'golden/images',
  title: 'Every test image with a reference gives the recorded result, within its tolerance',
  why: 'A change that keeps every rule of the interface can still turn good parts into scrap.',
  fix: 'Look at test/actual beside test/expected; when the new results are right, record them: mvas golden record --reason "…".',
  spec: 'abi.md#result',
  blind: 'Images that nobody recorded, and whether the recorded results are right.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'references',
  ready: async () => {
    const { readyDecoder } = await import('../../../image/decode-by-sharp.ts');
    await Promise.all([readyDecoder(), import('../../../golden/golden-session.ts'), import('../../../golden/golden-line.ts')]);
  },
  async run({ references, signal }) {
    const recorded = await recordedReferences(references);
    if (recorded.length === 0) return skip('no-references', 'no reference is recorded');
    const { openGoldenSession } = await import('../../../golden/golden-session.ts');
    const { lineText } = await import('../../../golden/golden-line.ts');
    const session = await openGoldenSession(references, signal === undefined ? {} : { signal });
    try {
      const findings: Finding[] = [];
      for (const { image } of recorded) {
        const { status, reasons, lines } = await session.compare(image);
        const said = [...reasons, ...lines.filter(({ ok }) => !ok).map(lineText)];
        if (status === 'failed') findings.push({ message: `${image}: ${said.join('; ')}`, data: { image, lines } });
      }
      if (signal?.aborted === true) throw new KitError('INTERRUPTED', 'interrupted');
      return findings;
    } finally {
      await session.close();
    }
  },
});
export default check;
