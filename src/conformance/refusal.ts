// The codes by which a plugin may refuse an image.
import { codes } from '../harness/abi.ts';

/** Whether an image was refused as wrong or as one that this plugin does not take. */
export function isRefusal(code: number): boolean {
  return code === codes.MVAS_ERROR_INVALID_INPUT || code === codes.MVAS_ERROR_UNSUPPORTED;
}
