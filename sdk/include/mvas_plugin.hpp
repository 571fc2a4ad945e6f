// The C++17 layer over mvas_plugin.h: derive from mvas::Plugin, write init and infer, end with MVAS_PLUGIN(YourClass).
//
//   class ScratchDetector : public mvas::Plugin {
//    public:
//     static constexpr mvas::Info info{"Scratch detector", "1.0.0", "anomaly_detection", 256, 256, mvas::Format::rgb};
//     void init(const mvas::ModelPath& model, mvas::Config& config) override;
//     mvas::Result infer(const mvas::ImageView& image) override;
//   };
//   MVAS_PLUGIN(ScratchDetector)
//
// Arguments, states, formats, strides, exceptions, ownership, configuration and locale are handled here, once.
#ifndef MVAS_PLUGIN_HPP
#define MVAS_PLUGIN_HPP

#include "mvas/exports.hpp"

#endif  // MVAS_PLUGIN_HPP
