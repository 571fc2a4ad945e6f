// Beside what a check says of itself: code that breaks and keeps its rule, and how a static one is repeated with common tools.

import type { Check } from './check.ts';

/** How a check works, by its isolation. */
export const waysOfWork: Readonly<Record<Check['isolation'], string>> = {
  static: 'only reads the file',
  child: 'calls the plugin in a process of its own',
  memory: 'calls the plugin in a process of its own, with guarded memory',
  results: 'looks at the results of varied images in a process of its own',
  pair: 'calls the plugin in a process that has a second library loaded',
  fresh: 'calls the plugin in a process that is started for it',
  references: 'asks golden and bench, which call the plugin in processes of their own',
  long: 'makes random calls in pieces, each in a process of its own, for as long as --for says and only where --only names it',
  repeated: 'calls the plugin in several processes and compares what it did',
};

/** A few lines of a plugin in C, or in CMake for how it is linked. */
export interface Example {
  readonly wrong: string;
  readonly right: string;
}

/** By the check's id; many rules need no code to be understood. */
export const examples: Readonly<Record<string, Example>> = {
  'binary/required-exports': {
    wrong: 'int mvas_init(const char *model, const char *config) { … }            // C++: exported as _Z9mvas_initPKcS0_',
    right: 'extern "C" MVAS_EXPORT int mvas_init(const char *model, const char *config) { … }',
  },
  'binary/self-binding': {
    wrong: 'add_library(plugin SHARED plugin.cpp)      # mvas_warmup calls the mvas_infer of whichever plugin was loaded first',
    right: 'mvas_add_plugin(plugin SOURCES plugin.cpp) # links with -Bsymbolic-functions',
  },
  'errors/codes': {
    wrong: 'return 1;                          /* positive: hosts that test "< 0" take it for success */',
    right: 'return MVAS_ERROR_INVALID_INPUT;',
  },
  'errors/message': {
    wrong: 'return MVAS_ERROR_INVALID_INPUT;   /* mvas_get_error() still says "" */',
    right: 'set_error("width is %d, must be above 0", image->width);\nreturn MVAS_ERROR_INVALID_INPUT;',
  },
  'errors/never-null': {
    wrong: 'const char *mvas_get_error(void) { return last_error; }              /* NULL until something failed */',
    right: 'const char *mvas_get_error(void) { return last_error ? last_error : ""; }',
  },
  'infer/bad-sizes': {
    wrong: 'uint8_t *copy = malloc(image->width * image->height * image->channels);   /* -1 x -1, 65536 x 65536 */',
    right:
      'if (image->width < 1 || image->height < 1) return MVAS_ERROR_INVALID_INPUT;\nsize_t bytes = (size_t)image->width * image->height * image->channels;',
  },
  'infer/bounds': {
    wrong: 'memcpy(copy, image->data, image->height * image->stride);   /* the last row has no padding */',
    right: 'for (int y = 0; y < image->height; ++y)\n  memcpy(copy + y * row, image->data + (size_t)y * image->stride, row);',
  },
  'infer/read-only-input': {
    wrong: 'uint8_t *pixels = (uint8_t *)image->data;\nnormalise(pixels);                          /* writes into the host’s frame */',
    right: 'memcpy(own, image->data, bytes);\nnormalise(own);',
  },
  'infer/stride': {
    wrong: 'const uint8_t *row = image->data + y * image->width * image->channels;',
    right: 'const uint8_t *row = image->data + (size_t)y * image->stride;',
  },
  'init/copies-strings': {
    wrong: 'g_model = model_path;               /* the host frees it after mvas_init */',
    right: 'g_model = strdup(model_path);',
  },
  'init/null-arguments': {
    wrong: 'size_t length = strlen(config_json);                       /* NULL is allowed */',
    right: 'const char *config = config_json ? config_json : "{}";',
  },
  'lifecycle/cleanup-any-time': {
    wrong: 'void mvas_cleanup(void) { free(g_model); }                 /* the second call frees it again */',
    right: 'void mvas_cleanup(void) { free(g_model); g_model = NULL; }',
  },
  'lifecycle/reinit': {
    wrong:
      'static bool loaded;                 /* survives mvas_cleanup: the second model is never loaded */\nif (!loaded) load(model_path);',
    right: 'void mvas_cleanup(void) { unload(); loaded = false; }',
  },
  'config/atomic': {
    wrong:
      'for (int i = 0; i < n; ++i)\n  if (apply(keys[i], values[i]) != 0) return MVAS_ERROR_INVALID_INPUT;   /* half of it is applied */',
    right:
      'Config next = current;\nfor (int i = 0; i < n; ++i)\n  if (apply(&next, keys[i], values[i]) != 0) return MVAS_ERROR_INVALID_INPUT;\ncurrent = next;',
  },
  'config/locale': {
    wrong: 'double threshold = atof("0.5");     /* 0 where the host’s locale writes 0,5 */',
    right: 'double threshold; std::from_chars(text, text + strlen(text), threshold);',
  },
  'ownership/free-result': {
    wrong: 'void mvas_free_result(MVASResult *r) { free(r->anomaly_map); }',
    right: 'void mvas_free_result(MVASResult *r) {\n  if (r == NULL) return;\n  free(r->anomaly_map);\n  r->anomaly_map = NULL;\n}',
  },
  'ownership/two-results': {
    wrong:
      'static float map[64 * 64];\nresult->anomaly_map = map;          /* the next call overwrites the result that the host still reads */',
    right: 'result->anomaly_map = malloc(64 * 64 * sizeof(float));   /* freed in mvas_free_result */',
  },
  'result/all-fields': {
    wrong: 'result->decision = "pass";          /* num_bboxes is what was in the memory */',
    right: 'memset(result, 0, sizeof *result);\nresult->decision = MVAS_DECISION_PASS;',
  },
  'result/boxes': {
    wrong: 'box = (MVASBoundingBox){right, bottom, left, top, …};',
    right: 'box = (MVASBoundingBox){fminf(x1, x2), fminf(y1, y2), fmaxf(x1, x2), fmaxf(y1, y2), …};',
  },
  'result/decision': {
    wrong: 'result->decision = "PASS";',
    right: 'result->decision = MVAS_DECISION_PASS;   /* "pass" */',
  },
  'result/scores': {
    wrong: 'result->confidence = logit;         /* -3.2, or NaN after 0/0 */',
    right: 'result->confidence = 1.0f / (1.0f + expf(-logit));',
  },
  'robustness/exits': {
    wrong: 'assert(model != NULL);              /* ends the host, and the line with it */',
    right: 'if (model == NULL) { set_error("…"); return MVAS_ERROR_INIT_FAILED; }',
  },
  'robustness/output': {
    wrong: 'printf("inference took %f ms\\n", ms);',
    right: 'if (verbose) fprintf(log, "inference took %f ms\\n", ms);   /* only where the configuration asks for it */',
  },
  'threads/exceptions': {
    wrong: 'int mvas_infer(…) { return detector->run(*image, *result); }              // a throw ends the host',
    right:
      'int mvas_infer(…) try { return detector->run(*image, *result); }\ncatch (const std::exception &e) { set_error(e.what()); return MVAS_ERROR_INFERENCE; }',
  },
};

/** Common tools that show what a static check reads, by its id; `$P` is the library. */
export const byHand: Readonly<Record<string, string>> = {
  'binary/format': 'file $P',
  'binary/platform': 'file $P',
  'binary/required-exports': 'nm -D --defined-only $P | grep mvas_',
  'binary/optional-exports': 'nm -D --defined-only $P | grep mvas_',
  'binary/foreign-exports': 'nm -D --defined-only $P | grep -v mvas_',
  'binary/self-binding': 'readelf -rW $P | grep mvas_',
  'binary/symbol-versions': "objdump -T $P | grep -oE '(GLIBC|GLIBCXX|CXXABI)_[0-9.]+' | sort -Vu",
  'binary/needed-libraries': 'readelf -d $P | grep NEEDED',
  'binary/runpath': "readelf -d $P | grep -E 'RPATH|RUNPATH'",
  'binary/hardening': "readelf -lWd $P | grep -E 'GNU_STACK|GNU_RELRO|BIND_NOW|TEXTREL'",
  'binary/risky-imports': 'nm -D --undefined-only $P',
  'binary/instruction-set': "objdump -d $P | grep -cE '%[yz]mm'",
  'binary/build-traces': 'readelf -n $P; strings $P | grep ^/',
  'binary/previous-release': 'nm -D --defined-only $P | grep mvas_   # beside the same of the release before',
  'binary/struct-layout': 'gdb -batch -ex "ptype /o MVASImage" -ex "ptype /o MVASResult" $P',
  'package/layout': 'unzip -lv app.mvapp; mvas verify app.mvapp',
  'golden/fresh': 'mvas golden',
};
