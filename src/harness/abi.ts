// The plugin contract as data: functions, struct layouts, return codes and words; a test holds it against the C header.

/** How a value crosses the border; every pointer, strings included, is an address. */
export type AbiType = 'void' | 'pointer' | 'int32' | 'uint32';

/** A function of the contract. */
export interface AbiFunction {
  /** Whether a library without it is no plugin. */
  readonly required: boolean;
  readonly returns: AbiType;
  readonly parameters: readonly AbiType[];
}

/** Every function of the contract, version 2.0. */
export const abi = {
  mvas_get_info: { required: true, returns: 'pointer', parameters: [] },
  mvas_init: { required: true, returns: 'int32', parameters: ['pointer', 'pointer'] },
  mvas_infer: { required: true, returns: 'int32', parameters: ['pointer', 'pointer'] },
  mvas_cleanup: { required: true, returns: 'void', parameters: [] },
  mvas_get_error: { required: true, returns: 'pointer', parameters: [] },
  mvas_infer_batch: { required: false, returns: 'int32', parameters: ['pointer', 'int32', 'pointer'] },
  mvas_set_config: { required: false, returns: 'int32', parameters: ['pointer', 'int32'] },
  mvas_get_config: { required: false, returns: 'pointer', parameters: [] },
  mvas_warmup: { required: false, returns: 'int32', parameters: ['int32'] },
  mvas_free_result: { required: false, returns: 'void', parameters: ['pointer'] },
  mvas_abi_version: { required: false, returns: 'uint32', parameters: [] },
} as const satisfies Record<string, AbiFunction>;

/** The table above as a type: `keyof Abi` is a function's name. */
export type Abi = typeof abi;

/** Name of a function of the contract. */
export type AbiSymbol = keyof Abi;

/** All functions, required ones first. */
export const abiSymbols = Object.keys(abi) as AbiSymbol[];

/** The functions without which a library is no plugin. */
export const requiredSymbols: readonly AbiSymbol[] = abiSymbols.filter((name) => abi[name].required);

/** How a field is stored: an address, a 32-bit whole number, a 32-bit float. */
export type FieldType = 'pointer' | 'int32' | 'float32';

/** Size and fields of a struct in bytes, on 64-bit machines. */
export interface StructLayout {
  readonly size: number;
  readonly fields: Readonly<Record<string, { readonly offset: number; readonly type: FieldType }>>;
}

/** Every struct of the contract; little-endian. */
export const structs = {
  MVASImage: {
    size: 32,
    fields: {
      data: { offset: 0, type: 'pointer' },
      width: { offset: 8, type: 'int32' },
      height: { offset: 12, type: 'int32' },
      channels: { offset: 16, type: 'int32' },
      stride: { offset: 20, type: 'int32' },
      format: { offset: 24, type: 'pointer' },
    },
  },
  MVASResult: {
    size: 80,
    fields: {
      decision: { offset: 0, type: 'pointer' },
      confidence: { offset: 8, type: 'float32' },
      anomaly_score: { offset: 12, type: 'float32' },
      inference_time_ms: { offset: 16, type: 'float32' },
      anomaly_map: { offset: 24, type: 'pointer' },
      anomaly_map_width: { offset: 32, type: 'int32' },
      anomaly_map_height: { offset: 36, type: 'int32' },
      bboxes: { offset: 40, type: 'pointer' },
      num_bboxes: { offset: 48, type: 'int32' },
      visualization: { offset: 56, type: 'pointer' },
      viz_width: { offset: 64, type: 'int32' },
      viz_height: { offset: 68, type: 'int32' },
      details_json: { offset: 72, type: 'pointer' },
    },
  },
  MVASPluginInfo: {
    size: 56,
    fields: {
      name: { offset: 0, type: 'pointer' },
      version: { offset: 8, type: 'pointer' },
      author: { offset: 16, type: 'pointer' },
      description: { offset: 24, type: 'pointer' },
      model_type: { offset: 32, type: 'pointer' },
      input_width: { offset: 40, type: 'int32' },
      input_height: { offset: 44, type: 'int32' },
      input_format: { offset: 48, type: 'pointer' },
    },
  },
  MVASConfigParam: {
    size: 16,
    fields: { key: { offset: 0, type: 'pointer' }, value: { offset: 8, type: 'pointer' } },
  },
} as const satisfies Record<string, StructLayout>;

/** Name of a struct of the contract. */
export type StructName = keyof typeof structs;

/** Every return code, by the name the header gives it. */
export const codes = {
  MVAS_OK: 0,
  MVAS_ERROR_INIT_FAILED: -1,
  MVAS_ERROR_MODEL_NOT_FOUND: -2,
  MVAS_ERROR_INVALID_INPUT: -3,
  MVAS_ERROR_INFERENCE: -4,
  MVAS_ERROR_NOT_INITIALIZED: -5,
  MVAS_ERROR_OUT_OF_MEMORY: -6,
  MVAS_ERROR_UNSUPPORTED: -7,
} as const;

/** "−3 (MVAS_ERROR_INVALID_INPUT)", or the bare number where the contract has no name for it. */
export function describeCode(code: number): string {
  const name = Object.entries(codes).find(([, value]) => value === code)?.[0];
  return name === undefined ? `${code}` : `${code} (${name})`;
}

/** Numbers a box takes in `bboxes`: x1, y1, x2, y2, score, class. */
export const floatsPerBox = 6;
