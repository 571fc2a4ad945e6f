//! Draws what an inspection found over the photograph: heat map, contours, boxes.
use super::resize::resize;
use super::taps::taps;
use crate::buffer::filled;
use crate::error::Result;
use crate::image::{ImageView, Rgb};
use crate::inspection::BoundingBox;
use crate::plane::Plane;

/// Of lines around what was found.
pub const MARK_COLOR: Rgb = Rgb { r: 255, g: 210, b: 40 };
/// Of the dark rim that sets lines off from bright parts.
pub const RIM_COLOR: Rgb = Rgb { r: 16, g: 18, b: 24 };

/// The image in its own shape, at most `longest` pixels wide and high: the ground for a visualization.
pub fn draw_image(image: ImageView<'_>, longest: usize) -> Result<Plane<Rgb>> {
    let scale = (longest as f64 / image.width().max(image.height()) as f64).min(1.0);
    let scaled = |size: usize| ((size as f64 * scale + 0.5) as usize).max(1);
    let mut picture = Plane::new(scaled(image.width()), scaled(image.height()))?;
    resize(image, &mut picture)?;
    Ok(picture)
}

/// Lays the map (values 0..1, of any size) over the picture in colours; where it is low the picture stays as it is.
pub fn draw_heatmap(picture: &mut Plane<Rgb>, map: &Plane<f32>) -> Result<()> {
    let table = heat_table();
    let (width, height) = (picture.width(), picture.height());
    enlarge(map, width, height, |y, values| {
        for (pixel, value) in picture.row_mut(y).iter_mut().zip(values) {
            let (color, opacity) = table[(value.clamp(0.0, 1.0) * 255.0 + 0.5) as usize];
            if opacity > 0.0 {
                *pixel = mix_color(*pixel, color, opacity);
            }
        }
    })
}

/// Draws the line around all that reaches `level`, bright in a dark rim. It lies outside, so that what it shows stays visible.
pub fn draw_contours(picture: &mut Plane<Rgb>, map: &Plane<f32>, level: f32) -> Result<()> {
    let (width, height) = (picture.width(), picture.height());
    let mut inside = filled(false, width * height)?;
    enlarge(map, width, height, |y, values| {
        for (to, value) in inside[y * width..].iter_mut().zip(values) {
            *to = *value >= level;
        }
    })?;
    let is_inside = |x: isize, y: isize| {
        let (x, y) = (x.clamp(0, width as isize - 1), y.clamp(0, height as isize - 1));
        inside[y as usize * width + x as usize]
    };
    let line = line_width(picture);
    for (reach, color) in [(2 * line, RIM_COLOR), (line, MARK_COLOR)] {
        for (x, y) in (0..height as isize).flat_map(|y| (0..width as isize).map(move |x| (x, y))) {
            let neighbours = [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)];
            if !is_inside(x, y) || neighbours.iter().all(|&(x, y)| is_inside(x, y)) {
                continue;
            }
            for (dx, dy) in (-reach..=reach).flat_map(|dy| (-reach..=reach).map(move |dx| (dx, dy))) {
                if dx * dx + dy * dy <= reach * reach && !is_inside(x + dx, y + dy) {
                    fill(picture, [x + dx, y + dy, x + dx + 1, y + dy + 1], color);
                }
            }
        }
    }
    Ok(())
}

/// Draws a box given in pixels of the submitted image, around what it marks.
pub fn draw_box(picture: &mut Plane<Rgb>, image: ImageView<'_>, found: &BoundingBox) {
    let place = |at: f32, size: usize, pixels: usize| (at * pixels as f32 / size as f32 + 0.5) as isize;
    let line = line_width(picture);
    let x1 = place(found.x1, image.width(), picture.width()) - line;
    let y1 = place(found.y1, image.height(), picture.height()) - line;
    let x2 = place(found.x2, image.width(), picture.width()) + line;
    let y2 = place(found.y2, image.height(), picture.height()) + line;
    outline(picture, [x1, y1, x2, y2], line, MARK_COLOR);
    outline(picture, [x1 - line, y1 - line, x2 + line, y2 + line], line, RIM_COLOR);
}

fn mix(from: f32, to: f32, part: f32) -> f32 {
    from + (to - from) * part
}

fn mix_color(from: Rgb, to: Rgb, part: f32) -> Rgb {
    let byte = |from: u8, to: u8| (mix(f32::from(from), f32::from(to), part) + 0.5) as u8;
    Rgb { r: byte(from.r, to.r), g: byte(from.g, to.g), b: byte(from.b, to.b) }
}

/// The kit's colours and opacities for 256 values from 0 to 1: indigo and clear over green to red; the reports use the same.
fn heat_table() -> [(Rgb, f32); 256] {
    const STOPS: [(u8, u8, u8); 7] =
        [(44, 30, 107), (30, 100, 220), (28, 180, 200), (120, 210, 90), (240, 225, 60), (246, 130, 32), (205, 20, 30)];
    std::array::from_fn(|step| {
        let value = step as f32 / 255.0;
        let place = value * 6.0;
        let low = (place as usize).min(5);
        let [from, to] = [STOPS[low], STOPS[low + 1]].map(|(r, g, b)| Rgb { r, g, b });
        let rise = ((value - 0.12) / 0.5).clamp(0.0, 1.0);
        (mix_color(from, to, place - low as f32), 0.72 * rise * rise * (3.0 - 2.0 * rise))
    })
}

/// Calls `row(y, values)` with the map enlarged to the picture's size, row by row.
fn enlarge(map: &Plane<f32>, width: usize, height: usize, mut row: impl FnMut(usize, &[f32])) -> Result<()> {
    let (columns, rows) = (taps(map.width(), width)?, taps(map.height(), height)?);
    let (mut blended, mut values) = (filled(0.0, map.width())?, filled(0.0, width)?);
    for (y, down) in rows.iter().enumerate() {
        for ((to, top), bottom) in blended.iter_mut().zip(map.row(down.first)).zip(map.row(down.second)) {
            *to = mix(*top, *bottom, down.weight as f32 / 2048.0);
        }
        for (to, tap) in values.iter_mut().zip(&columns) {
            *to = mix(blended[tap.first], blended[tap.second], tap.weight as f32 / 2048.0);
        }
        row(y, &values);
    }
    Ok(())
}

/// Lines grow with the picture, so that they show on a thumbnail and at full size.
fn line_width(picture: &Plane<Rgb>) -> isize {
    (picture.width().min(picture.height()) / 240).max(1) as isize
}

/// x1, y1, x2, y2; what lies outside is left out.
fn fill(picture: &mut Plane<Rgb>, [x1, y1, x2, y2]: [isize; 4], color: Rgb) {
    let within = |at: isize, size: usize| at.clamp(0, size as isize) as usize;
    let (left, right) = (within(x1, picture.width()), within(x2, picture.width()));
    for y in within(y1, picture.height())..within(y2, picture.height()) {
        if left < right {
            picture.row_mut(y)[left..right].fill(color);
        }
    }
}

/// The frame between the rectangle and the same rectangle grown by `line`.
fn outline(picture: &mut Plane<Rgb>, [x1, y1, x2, y2]: [isize; 4], line: isize, color: Rgb) {
    fill(picture, [x1 - line, y1 - line, x2 + line, y1], color);
    fill(picture, [x1 - line, y2, x2 + line, y2 + line], color);
    fill(picture, [x1 - line, y1, x1, y2], color);
    fill(picture, [x2, y1, x2 + line, y2], color);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::{Format, Image};

    #[test]
    fn a_low_map_leaves_the_picture_and_a_high_one_colours_it() {
        let image = Image::new(8, 4, Format::Gray).unwrap();
        let mut picture = draw_image(image.view(), 512).unwrap();
        draw_heatmap(&mut picture, &Plane::from_slice(&[0.1; 4], 2, 2).unwrap()).unwrap();
        assert!(picture.iter().all(|&pixel| pixel == Rgb::default()));
        draw_heatmap(&mut picture, &Plane::from_slice(&[1.0; 4], 2, 2).unwrap()).unwrap();
        assert!(picture.iter().all(|&pixel| pixel == Rgb { r: 148, g: 14, b: 22 }));
    }

    #[test]
    fn a_large_image_is_drawn_small_in_its_own_shape() {
        let image = Image::new(100, 50, Format::Rgb).unwrap();
        let picture = draw_image(image.view(), 20).unwrap();
        assert_eq!((picture.width(), picture.height()), (20, 10));
    }

    #[test]
    fn lines_lie_outside_of_what_they_mark() {
        let image = Image::new(8, 8, Format::Gray).unwrap();
        let mut picture = draw_image(image.view(), 8).unwrap();
        draw_box(&mut picture, image.view(), &BoundingBox { x1: 3.0, y1: 3.0, x2: 5.0, y2: 5.0, ..BoundingBox::default() });
        let black = Rgb::default();
        assert_eq!(picture.row(3)[..], [RIM_COLOR, MARK_COLOR, black, black, black, black, MARK_COLOR, RIM_COLOR]);
        let mut map = Plane::new(8, 8).unwrap();
        map.row_mut(4)[4] = 1.0;
        let mut picture = draw_image(image.view(), 8).unwrap();
        draw_contours(&mut picture, &map, 0.9).unwrap();
        assert_eq!(picture.row(4)[2..7], [RIM_COLOR, MARK_COLOR, black, MARK_COLOR, RIM_COLOR]);
    }
}
