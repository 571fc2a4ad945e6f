//! What an inspection found, and how it becomes the host's result.
use std::ffi::CStr;

use crate::abi::InferenceResult;
use crate::buffer::{release, Buffer};
use crate::error::{Code, Error, Result};
use crate::image::Rgb;
use crate::json::Details;
use crate::plane::Plane;

/// The verdict over one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decision {
    /// A good part.
    Pass,
    /// A bad part.
    Fail,
    /// A person should look.
    #[default]
    Review,
}

impl Decision {
    const fn word(self) -> &'static CStr {
        match self {
            Self::Pass => c"pass",
            Self::Fail => c"fail",
            Self::Review => c"review",
        }
    }
}

/// A found object.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BoundingBox {
    /// Left edge in pixels of the submitted image.
    pub x1: f32,
    /// Upper edge.
    pub y1: f32,
    /// Right edge.
    pub x2: f32,
    /// Lower edge.
    pub y2: f32,
    /// 0..1.
    pub score: f32,
    /// Which of the manifest's classes.
    pub class: u16,
}

/// What [`crate::Plugin::infer`] returns. Map and picture go to the host without a copy. Score and confidence are brought into 0..1;
/// a NaN, which only a broken model makes, fails the call instead of becoming a verdict.
#[derive(Debug, Default)]
pub struct Inspection {
    /// The verdict.
    pub decision: Decision,
    /// How sure it is, 0..1.
    pub confidence: f32,
    /// 0 (good) to 1.
    pub score: f32,
    /// The anomaly of each place in a size of its own, 0..1: see [`Plane::clamp_to_unit`].
    pub map: Option<Plane<f32>>,
    /// Found objects; they are cut at the borders of the image, and what is then empty is left out.
    pub boxes: Vec<BoundingBox>,
    /// A picture in a size of its own.
    pub visualization: Option<Plane<Rgb>>,
    /// What else is to be told.
    pub details: Details,
}

impl Inspection {
    /// Fills the host's struct; when it fails it hands over nothing.
    pub(crate) fn hand_over(self, (width, height): (usize, usize), time_ms: f32) -> Result<InferenceResult> {
        let confidence = unit(self.confidence, "the confidence")?;
        let anomaly_score = unit(self.score, "the anomaly score")?;
        let (boxes, count) = box_values(&self.boxes, (width as f32, height as f32))?;
        let details = match self.details.is_empty() {
            true => None,
            false => Some(Buffer::copy_of(format!("{}\0", self.details.text()).as_bytes())?),
        };
        // Nothing fails from here on, so nothing that is handed over is lost.
        let mut result = InferenceResult { decision: self.decision.word().as_ptr(), confidence, anomaly_score, ..InferenceResult::EMPTY };
        result.inference_time_ms = time_ms;
        if let Some(map) = self.map {
            (result.anomaly_map, result.anomaly_map_width, result.anomaly_map_height) = map.into_raw();
        }
        if let Some(boxes) = boxes {
            (result.bboxes, result.num_bboxes) = (boxes.into_raw(), count);
        }
        if let Some(picture) = self.visualization {
            let (pixels, width, height) = picture.into_raw();
            (result.visualization, result.viz_width, result.viz_height) = (pixels.cast(), width, height);
        }
        if let Some(details) = details {
            result.details_json = details.into_raw().cast();
        }
        Ok(result)
    }
}

/// Releases what `hand_over` handed over and empties the struct.
///
/// # Safety
/// Each pointer is NULL or of `hand_over`, and nobody uses it any more.
pub(crate) unsafe fn free_result(result: &mut InferenceResult) {
    // SAFETY: the caller's promise, for each of them.
    unsafe {
        release(&mut result.anomaly_map);
        release(&mut result.bboxes);
        release(&mut result.visualization);
        release(&mut result.details_json);
    }
    *result = InferenceResult::EMPTY;
}

fn unit(value: f32, what: &str) -> Result<f32> {
    if value.is_nan() {
        return Err(Error::new(Code::Inference, format!("{what} is not a number")));
    }
    Ok(value.clamp(0.0, 1.0))
}

/// Six values a box, cut at the borders, and how many boxes remain.
fn box_values(boxes: &[BoundingBox], (width, height): (f32, f32)) -> Result<(Option<Buffer<f32>>, i32)> {
    let mut values = Vec::new();
    values.try_reserve_exact(boxes.len().saturating_mul(6))?;
    for found in boxes {
        if ![found.x1, found.y1, found.x2, found.y2].iter().all(|corner| corner.is_finite()) {
            return Err(Error::new(Code::Inference, "a box has a corner that is not a number"));
        }
        let (x1, y1, x2, y2) = (found.x1.max(0.0), found.y1.max(0.0), found.x2.min(width), found.y2.min(height));
        let score = unit(found.score, "the score of a box")?;
        if x1 < x2 && y1 < y2 {
            values.extend([x1, y1, x2, y2, score, f32::from(found.class)]);
        }
    }
    let count = i32::try_from(values.len() / 6).map_err(|_| Error::new(Code::Inference, "more boxes than a result can count"))?;
    Ok((if count == 0 { None } else { Some(Buffer::copy_of(&values)?) }, count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice;

    fn a_box(x1: f32, y1: f32, x2: f32, y2: f32) -> BoundingBox {
        BoundingBox { x1, y1, x2, y2, score: 0.5, class: 3 }
    }

    #[test]
    fn everything_that_was_found_reaches_the_host_and_comes_back() {
        let mut found = Inspection { decision: Decision::Fail, confidence: 2.0, score: -1.0, ..Inspection::default() };
        found.map = Some(Plane::from_slice(&[0.25, 0.5], 2, 1).unwrap());
        found.visualization = Some(Plane::new(1, 3).unwrap());
        found.boxes = vec![a_box(-5.0, 2.0, 4.0, 99.0), a_box(50.0, 0.0, 60.0, 1.0)];
        found.details.set("regions", 1);
        let mut result = found.hand_over((10, 20), 1.5).unwrap();
        // SAFETY: the pointers are of `hand_over` with the sizes beside them.
        unsafe {
            assert_eq!(CStr::from_ptr(result.decision), c"fail");
            assert_eq!(slice::from_raw_parts(result.anomaly_map, 2), [0.25, 0.5]);
            assert_eq!(slice::from_raw_parts(result.bboxes, 6), [0.0, 2.0, 4.0, 20.0, 0.5, 3.0]);
            assert_eq!(CStr::from_ptr(result.details_json), c"{\"regions\": 1}");
        }
        assert_eq!((result.confidence, result.anomaly_score, result.inference_time_ms), (1.0, 0.0, 1.5));
        assert_eq!((result.num_bboxes, result.anomaly_map_width, result.viz_width, result.viz_height), (1, 2, 1, 3));
        // SAFETY: as above; the second call finds NULL alone.
        unsafe {
            free_result(&mut result);
            free_result(&mut result);
        }
        assert!(result.decision.is_null() && result.bboxes.is_null() && result.num_bboxes == 0);
    }

    #[test]
    fn what_was_not_found_is_null() {
        let result = Inspection::default().hand_over((1, 1), 0.0).unwrap();
        assert!(result.anomaly_map.is_null() && result.bboxes.is_null() && result.visualization.is_null() && result.details_json.is_null());
    }

    #[test]
    fn values_that_are_no_numbers_fail_the_call() {
        let broken = [
            Inspection { score: f32::NAN, ..Inspection::default() },
            Inspection { confidence: f32::NAN, ..Inspection::default() },
            Inspection { boxes: vec![a_box(f32::INFINITY, 0.0, 1.0, 1.0)], ..Inspection::default() },
            Inspection { boxes: vec![BoundingBox { score: f32::NAN, ..a_box(0.0, 0.0, 1.0, 1.0) }], ..Inspection::default() },
        ];
        for found in broken {
            assert_eq!(found.hand_over((9, 9), 0.0).unwrap_err().code(), Code::Inference);
        }
    }
}
