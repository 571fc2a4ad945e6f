// What many inspections need beside the model: resize an image, find regions in an anomaly map, draw what was found.
//
//   mvas::resize(image, plane);                                  stretched to the plane's size
//   for (const mvas::Region& region : mvas::find_regions(map, 0.5f, 16)) …
//   mvas::draw_heatmap(mvas::draw_image(result, image), map);    fills the result's visualization
#ifndef MVAS_VISION_HPP
#define MVAS_VISION_HPP

#include "mvas/draw.hpp"
#include "mvas/regions.hpp"
#include "mvas/resize.hpp"

#endif  // MVAS_VISION_HPP
