// The stand-in's ONNX parser.
#include <NvOnnxParser.h>

#include <string>

#include "network.hpp"

namespace {

class ParserError final : public nvonnxparser::IParserError {
 public:
  char const *desc() const noexcept override { return text.c_str(); }
  std::string text;
};

class Parser final : public nvonnxparser::IParser {
 public:
  explicit Parser(stand_in::Network &network) : network_(network) {}

  bool parse(void const *model, std::size_t size, char const *) noexcept override {
    try {
      if (std::getenv("MVAS_STAND_IN_NO_OPERATOR") != nullptr) throw mvas::Error(MVAS_ERROR_INIT_FAILED, "No importer registered for op: Conv");
      network_.model.assign(static_cast<char const *>(model), size);
      network_.input.dims = stand_in::declared(stand_in::open(network_.model)->input_shape());
      return true;
    } catch (const std::exception &error) {
      error_.text = error.what();
      return false;
    }
  }
  int getNbErrors() const noexcept override { return error_.text.empty() ? 0 : 1; }
  nvonnxparser::IParserError const *getError(int) const noexcept override { return &error_; }

 private:
  stand_in::Network &network_;
  ParserError error_;
};

}  // namespace

extern "C" __attribute__((visibility("default"))) void *createNvOnnxParser_INTERNAL(void *network, void *, int) noexcept {
  return new Parser(*static_cast<stand_in::Network *>(static_cast<nvinfer1::INetworkDefinition *>(network)));
}
