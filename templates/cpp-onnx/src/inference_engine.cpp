#include "inference_engine.h"

namespace {

mvas::onnx::Options options_for(int threads) {
  mvas::onnx::Options options;
  options.input = {1, 3, kModelSize, kModelSize};
  options.output = {1, kModelSize, kModelSize};
  options.threads = threads;  // 0: one for each physical core
  return options;
}

}  // namespace

InferenceEngine::InferenceEngine(const mvas::ModelPath& model, int threads)
    : threads_(threads), session_(model, options_for(threads)) {}

mvas::Plane<const float> InferenceEngine::run(const mvas::ImageView& image) {
  preprocessing_.run(image, session_.input<float>());
  session_.run();
  return {session_.output<float>().data, kModelSize, kModelSize};
}
