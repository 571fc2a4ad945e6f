//! What an author implements, and the facts about a plugin that the compiler checks.
use std::ffi::CStr;
use std::path::Path;
use std::ptr;

use crate::abi::PluginInfo;
use crate::config::Config;
use crate::error::Result;
use crate::image::{Format, ImageView};
use crate::inspection::Inspection;

/// What kind of answer a plugin gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModelType {
    /// How far is the part from good ones, and where?
    AnomalyDetection,
    /// Which class?
    Classification,
    /// Which objects, and where?
    ObjectDetection,
    /// Which class is each pixel?
    Segmentation,
    /// Which text?
    Ocr,
    /// Which size?
    Measurement,
    /// Which grade?
    QualityInspection,
    /// Which number?
    Regression,
}

impl ModelType {
    /// The contract's word for it.
    pub const fn name(self) -> &'static CStr {
        match self {
            Self::AnomalyDetection => c"anomaly_detection",
            Self::Classification => c"classification",
            Self::ObjectDetection => c"object_detection",
            Self::Segmentation => c"segmentation",
            Self::Ocr => c"ocr",
            Self::Measurement => c"measurement",
            Self::QualityInspection => c"quality_inspection",
            Self::Regression => c"regression",
        }
    }
}

/// Who the plugin is.
#[derive(Debug, Clone, Copy)]
pub struct Info {
    name: &'static CStr,
    version: &'static CStr,
    author: Option<&'static CStr>,
    description: Option<&'static CStr>,
    model_type: ModelType,
    input_width: i32,
    input_height: i32,
    input_format: Format,
}

impl Info {
    /// `input_width` and `input_height` are the size that the model works on, in pixels; `input_format` is always taken.
    /// An empty name or version, or a size below 1, does not compile.
    pub const fn new(
        name: &'static CStr,
        version: &'static CStr,
        model_type: ModelType,
        input_width: i32,
        input_height: i32,
        input_format: Format,
    ) -> Self {
        assert!(!name.to_bytes().is_empty() && !version.to_bytes().is_empty(), "info needs a name and a version");
        assert!(input_width > 0 && input_height > 0, "info needs the input size in pixels");
        Self { name, version, author: None, description: None, model_type, input_width, input_height, input_format }
    }

    /// Says who made it.
    pub const fn author(self, author: &'static CStr) -> Self {
        Self { author: Some(author), ..self }
    }

    /// Says what it inspects.
    pub const fn description(self, description: &'static CStr) -> Self {
        Self { description: Some(description), ..self }
    }

    pub(crate) const fn input_size(&self) -> (usize, usize) {
        (self.input_width as usize, self.input_height as usize)
    }

    pub(crate) const fn input_format(&self) -> Format {
        self.input_format
    }

    #[doc(hidden)]
    pub const fn to_abi(self) -> PluginInfo {
        PluginInfo {
            name: self.name.as_ptr(),
            version: self.version.as_ptr(),
            author: pointer(self.author),
            description: pointer(self.description),
            model_type: self.model_type.name().as_ptr(),
            input_width: self.input_width,
            input_height: self.input_height,
            input_format: self.input_format.name().as_ptr(),
        }
    }
}

const fn pointer(text: Option<&'static CStr>) -> *const std::ffi::c_char {
    match text {
        Some(text) => text.as_ptr(),
        None => ptr::null(),
    }
}

/// An inspection. Implement it, and write [`crate::export!`] once.
///
/// The host makes one call at a time, from any thread; an error or a panic becomes a code and a text. A value is made for each
/// mvas_init and dropped by mvas_cleanup or by the next successful mvas_init.
pub trait Plugin: Sized + Send + 'static {
    /// Who the plugin is.
    const INFO: Info;
    /// Formats taken beside the input format.
    const FORMATS: &'static [Format] = &[];
    /// `false`: mvas_init works without a model path, and a missing file is left to `init`.
    const NEEDS_MODEL: bool = true;
    /// More images in one mvas_infer_batch are `Unsupported`.
    const MAX_BATCH: usize = i32::MAX as usize;

    /// Declares the configuration and loads the model; the file exists and is not empty.
    fn init(model: &Path, config: &mut Config) -> Result<Self>;

    /// Inspects one image of an accepted format.
    fn infer(&mut self, image: ImageView<'_>) -> Result<Inspection>;

    /// Inspects several; override it where the model can take them at once. The same results as single calls, in order.
    fn infer_batch(&mut self, images: &[ImageView<'_>]) -> Result<Vec<Inspection>> {
        images.iter().map(|&image| self.infer(image)).collect()
    }

    /// Called for each iteration of mvas_warmup with a picture of the input size filled with 128.
    fn warmup(&mut self, image: ImageView<'_>) -> Result<()> {
        self.infer(image).map(drop)
    }
}
