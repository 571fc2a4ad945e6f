// Formats are compared, not guessed.
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';
import type { ResultCopy } from '../../plugin-copies.ts';
import { isRefusal } from '../../refusal.ts';
import { describeImage, drawImage, formatChannels, type TestImage } from '../../test-image.ts';

const unknown = ['', 'rgb', 'Rgb', 'RGBX', 'RG', 'BGRA', 'GREY', 'YUYV', ' RGB', '%s%n', 'R'.repeat(4096)];
const tolerance = 0.02;

const check = defineCheck({
  id: 'infer/bad-format',
  title: 'mvas_infer refuses unknown formats and channels that do not fit the format, with −3 or −7',
  why: 'A plugin that guesses inspects raw sensor data as colours and lets every part pass.',
  fix: 'Compare format with strcmp, then channels with what the format has; take "RGB" with 1 or 4 channels as GRAY or RGBA, or refuse it.',
  spec: 'abi.md#image',
  blind: 'Formats of other vendors that begin like one of ours and are not tried.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'child',
  joins: true,
  needs: ['mvas_init', 'mvas_infer', 'mvas_get_error'],
  run({ plugin, image, random }) {
    plugin.start();
    const nominal = image();
    const size = { width: nominal.width, height: nominal.height };
    const refused: TestImage[] = [
      ...unknown.map((format) => ({ ...nominal, format })),
      ...Object.keys(formatChannels).flatMap((format) =>
        mismatched(format).map((kind) => ({ ...drawImage({ width: 24, height: 18, format: kind }, random), format })),
      ),
    ];
    const findings = refused.flatMap((one): Finding[] => {
      const { code } = plugin.infer(one);
      if (isRefusal(code)) return [];
      const message = `mvas_infer of ${describeImage(one)} returns ${code} instead of −3 or −7`;
      return [
        {
          message: message.slice(0, 200),
          severity: code < 0 ? 'warning' : 'error',
          data: { format: one.format, channels: one.channels, code },
        },
      ];
    });
    return [...findings, ...['GRAY', 'RGBA'].flatMap((format) => takenAs(drawImage({ ...size, format }, random)))].slice(0, 5);

    /** The field host says "RGB" whatever the channels: who takes that must take it for what it is. */
    function takenAs(picture: TestImage): Finding[] {
      const named = plugin.infer({ ...picture, format: 'RGB' });
      if (named.result === undefined)
        return isRefusal(named.code) ? [] : [{ message: `${described(picture)}: mvas_infer returns ${named.code}` }];
      const { code, result } = plugin.infer(picture);
      if (result === undefined) return [{ message: `${described(picture)} is taken, but ${picture.format} is refused with ${code}` }];
      return distance(result, named.result) <= tolerance
        ? []
        : [{ message: `${described(picture)} is not inspected like ${picture.format}: ${apart(result, named.result)}` }];
    }
  },
});
export default check;

/** Formats whose channels another one does not have; "RGB" with 1 or 4 channels is another matter. */
function mismatched(format: string): string[] {
  if (format === 'RGB') return [];
  return ['GRAY', 'RGB', 'RGBA'].filter((kind) => formatChannels[kind] !== formatChannels[format]);
}

function described(picture: TestImage): string {
  return describeImage({ ...picture, format: 'RGB' });
}

function distance(one: ResultCopy, other: ResultCopy): number {
  return Math.abs(one.anomalyScore - other.anomalyScore);
}

function apart(expected: ResultCopy, actual: ResultCopy): string {
  return `anomaly_score ${actual.anomalyScore} instead of ${expected.anomalyScore}`;
}
