#include "inference_engine.h"

namespace {

mvas::tensorrt::Options options_for(const InferenceEngine::Settings& settings) {
  using mvas::tensorrt::Where;
  mvas::tensorrt::Options options;
  options.input = {1, 3, kModelSize, kModelSize};
  options.output = {1, kModelSize, kModelSize};
  options.where = settings.device == "gpu" ? Where::gpu : settings.device == "cpu" ? Where::cpu : Where::automatic;
  options.engine_cache = settings.engine_cache;
  options.threads = settings.threads;
  return options;
}

}  // namespace

InferenceEngine::InferenceEngine(const mvas::ModelPath& model, const Settings& settings)
    : threads_(settings.threads), session_(model, options_for(settings)) {}

mvas::Plane<const float> InferenceEngine::run(const mvas::ImageView& image) {
  preprocessing_.run(image, session_.input());
  session_.run();
  return {session_.output(), kModelSize, kModelSize};
}
