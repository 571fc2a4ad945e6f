// References are of this model, these settings and these pictures.
import { join } from 'node:path';
import { sha256File } from '../../../core/digest.ts';
import { defineCheck } from '../../check.ts';
import { skip } from '../../finding.ts';
import { recordedReferences } from '../../recorded-references.ts';

const check = defineCheck({
  id: 'golden/fresh',
  title: 'Every test image has a reference, recorded with this model, this configuration and this picture',
  why: 'A reference of another model proves nothing of this one, and a picture without one is not tested at all.',
  fix: 'Record again: mvas golden record --reason "…"; a rebuilt plugin alone makes no reference stale.',
  spec: 'abi.md#result',
  blind: 'References that were written by hand and do not say what they are from.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'references',
  async run({ references }) {
    const recorded = await recordedReferences(references);
    if (recorded.length === 0) return skip('no-references', 'no reference is recorded');
    const { imagesOf } = await import('../../../golden/golden-session.ts');
    const { digestSubject } = await import('../../../golden/plugin-subject.ts');
    const { staleness } = await import('../../../golden/staleness.ts');
    const digests = await digestSubject(references);
    const images = await imagesOf(references, { images: recorded });
    const problems = await Promise.all(
      images.map(async (image) => {
        const entry = recorded.find((one) => one.image === image);
        if (entry === undefined) return [`${image}: no reference is recorded`];
        const digest = await sha256File(join(references.testImages, image)).catch(() => undefined);
        if (digest === undefined) return [`${image}: there is a reference but no picture`];
        return staleness(entry, digests, digest).map((reason) => `${image}: ${reason}`);
      }),
    );
    return problems.flat().map((message) => ({ message }));
  },
});
export default check;
