//! A model that is loaded and warmed: memory of inputs is reused from run to run, outputs are read where they are.
use std::ffi::c_int;
use std::path::Path;
use std::ptr;
use std::slice;

use super::api::{Api, Env, OrtSession, PathChar, SessionOptions, Value, DEFAULT_MEMORY, DEVICE_ALLOCATOR, LOG_FATAL, OPTIMIZE_ALL};
use super::handle::{check, make, Handle};
use super::library::load_api;
use super::ports::{count, fits, port_of, ports, shown, Port, Side};
use crate::buffer::Buffer;
use crate::error::{Code, Error, Result};
use crate::model_file::check_model;

/// How a model is used. Sizes go from the outermost dimension inwards.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the plugin feeds into the first input; sets the sizes that the model leaves open. Empty: the model's own shape.
    pub input: Vec<i64>,
    /// What the plugin reads from the first output, checked when the session is made. Empty: any.
    pub output: Vec<i64>,
    /// Threads of one inference, never more than the machine has cores; 0: one for each physical core.
    pub threads: i32,
}

/// Threads wait in loops: with more than one for each core, an inference of milliseconds takes seconds.
fn useful_threads(wanted: i32) -> i32 {
    std::thread::available_parallelism().map_or(wanted, |cores| wanted.min(i32::try_from(cores.get()).unwrap_or(wanted)))
}

/// What every session is made with. An older ONNX Runtime leaves out settings that it does not know.
fn settings(api: &'static Api, options: &Options) -> Result<Handle<SessionOptions>> {
    let require = |status| check(api, status, Code::InitFailed, "ONNX Runtime");
    // SAFETY: each call gets living things and texts that end in NUL, and fills the pointer it is given.
    unsafe {
        let settings = make(api, api.release_session_options, "ONNX Runtime", |out| (api.create_session_options)(out))?;
        require((api.set_graph_optimization_level)(settings.get(), OPTIMIZE_ALL))?;
        require((api.set_intra_op_threads)(settings.get(), useful_threads(options.threads)))?;
        // After the first run it would plan one block for all tensors: the first part would wait for that, and the memory of the first run stays.
        require((api.disable_memory_pattern)(settings.get()))?;
        // Threads that wait in a loop take the cores from cameras and other plugins: between two operators 0.02 ms bridge most gaps
        // (versions without this setting loop some 30 ms), between two inspections there is nothing to wait for.
        for (key, value) in [(c"session.intra_op.spin_duration_us", c"20"), (c"session.force_spinning_stop", c"1")] {
            require((api.add_session_config_entry)(settings.get(), key.as_ptr(), value.as_ptr()))?;
        }
        Ok(settings)
    }
}

/// Values of an output, valid until the next run.
#[derive(Debug)]
pub struct Output<'a, T> {
    /// All values in the order of memory.
    pub data: &'a [T],
    /// Sizes from the outermost dimension inwards.
    pub shape: Vec<i64>,
}

/// Types of tensors: `f32` and `u8`.
pub trait TensorValue: sealed::Sealed {}
impl TensorValue for f32 {}
impl TensorValue for u8 {}

mod sealed {
    use std::ffi::c_int;
    pub trait Sealed: Copy {
        const ELEMENT: c_int;
    }
    impl Sealed for f32 {
        const ELEMENT: c_int = 1;
    }
    impl Sealed for u8 {
        const ELEMENT: c_int = 2;
    }
}

/// Memory of one input; floats, so that it is aligned for them.
type Memory = Buffer<f32>;

/// A model in ONNX Runtime. Fields are dropped from the first to the last: what needs the environment goes before it.
pub struct Session {
    results: Vec<Handle<Value>>,
    values: Vec<Handle<Value>>,
    memory: Vec<Memory>,
    inputs: Vec<Port>,
    outputs: Vec<Port>,
    session: Handle<OrtSession>,
    _env: Handle<Env>,
    api: &'static Api,
}

/// Plugins keep it, and hosts call them from any thread.
const _: fn() = || {
    fn any_thread<T: Send>() {}
    any_thread::<Session>();
};

impl Session {
    /// `ModelNotFound` if the file is missing; `InitFailed` if ONNX Runtime or the model cannot be loaded, or the model's inputs and
    /// outputs are not what `options` says.
    pub fn open(model: &Path, options: &Options) -> Result<Self> {
        check_model(model)?;
        let api = load_api()?;
        // SAFETY: each call gets living things and texts that end in NUL, and fills the pointer it is given.
        let (env, session) = unsafe {
            let env = make(api, api.release_env, "ONNX Runtime", |out| (api.create_env)(LOG_FATAL, c"mvas".as_ptr(), out))?;
            // Some builds of ONNX Runtime report their use to their maker: threads, files and a network that no plugin has.
            check(api, (api.disable_telemetry)(env.get()), Code::InitFailed, "ONNX Runtime")?;
            let settings = settings(api, options)?;
            let path = native_path(model);
            let what = format!("Failed to load model file {}", model.display());
            let create = |out| (api.create_session)(env.get(), path.as_ptr(), settings.get(), out);
            let session = make(api, api.release_session, &what, create)?;
            (env, session)
        };
        let (inputs, outputs) = (ports(api, session.get(), Side::Input)?, ports(api, session.get(), Side::Output)?);
        let mut opened = Self { results: Vec::new(), values: Vec::new(), memory: Vec::new(), inputs, outputs, session, _env: env, api };
        opened.prepare_inputs(&options.input)?;
        opened.run_all(Code::InitFailed)?;
        opened.check_output(&options.output)?;
        Ok(opened)
    }

    /// How many inputs the model has.
    pub fn input_count(&self) -> usize {
        self.inputs.len()
    }

    /// How many outputs the model has.
    pub fn output_count(&self) -> usize {
        self.outputs.len()
    }

    /// Memory of an input, zero at first, the same for the session's life. `InitFailed` if the model takes another type.
    pub fn input<T: TensorValue>(&mut self, index: usize) -> Result<&mut [T]> {
        let port = port_at(&self.inputs, index, "input")?;
        require_element(T::ELEMENT, port, "input")?;
        let (data, length) = (self.memory[index].as_mut_ptr().cast(), count(&port.shape));
        // SAFETY: the memory has room for these values of this type, each of whose bit patterns is one, and `self` is borrowed mutably.
        Ok(unsafe { slice::from_raw_parts_mut(data, length) })
    }

    /// Runs the model on the inputs; fails with `Inference`.
    pub fn run(&mut self) -> Result<()> {
        self.run_all(Code::Inference)
    }

    /// An output of the last run. `InitFailed` if the model gives another type.
    pub fn output<T: TensorValue>(&self, index: usize) -> Result<Output<'_, T>> {
        let name = port_at(&self.outputs, index, "output")?.name.clone();
        let value = self.results.get(index).ok_or_else(|| Error::new(Code::Inference, "the model has not been run"))?.get();
        let api = self.api;
        let mut data = ptr::null_mut();
        // SAFETY: the value is alive until the next run, for which `self` must be borrowed mutably.
        let port = unsafe {
            let info = make(api, api.release_tensor_info, "model output", |out| (api.tensor_type)(value, out))?;
            port_of(api, name, info.get())?
        };
        require_element(T::ELEMENT, &port, "output")?;
        // SAFETY: as above; the tensor holds as many values of this type as its shape says, and an empty one may have no memory.
        let data = unsafe {
            check(api, (api.tensor_data)(value, &mut data), Code::Inference, "model output")?;
            if data.is_null() {
                &[]
            } else {
                slice::from_raw_parts(data.cast(), count(&port.shape))
            }
        };
        Ok(Output { data, shape: port.shape })
    }

    fn prepare_inputs(&mut self, first: &[i64]) -> Result<()> {
        let api = self.api;
        // SAFETY: it fills the pointer it is given.
        let cpu = make(api, api.release_memory_info, "ONNX Runtime", |out| unsafe {
            (api.create_cpu_memory_info)(DEVICE_ALLOCATOR, DEFAULT_MEMORY, out)
        })?;
        for (index, port) in self.inputs.iter_mut().enumerate() {
            if index == 0 && !first.is_empty() {
                declare_shape(port, first)?;
            }
            let bytes = input_bytes(port)?;
            let mut memory = Memory::zeroed(bytes / 4 + 1)?;
            let data = memory.as_mut_ptr().cast();
            // SAFETY: the memory has these bytes and lives as long as the value, which is dropped before it.
            let value = make(api, api.release_value, "model input", |out| unsafe {
                (api.create_tensor)(cpu.get(), data, bytes, port.shape.as_ptr(), port.shape.len(), port.element, out)
            })?;
            self.memory.push(memory);
            self.values.push(value);
        }
        Ok(())
    }

    fn run_all(&mut self, code: Code) -> Result<()> {
        let api = self.api;
        let names = |ports: &[Port]| ports.iter().map(|port| port.name.as_ptr()).collect::<Vec<_>>();
        let (input_names, output_names) = (names(&self.inputs), names(&self.outputs));
        let values: Vec<*const Value> = self.values.iter().map(|value| value.get().cast_const()).collect();
        let mut made = vec![ptr::null_mut(); output_names.len()];
        self.results.clear();
        // SAFETY: everything named is alive, the counts are those of the arrays, and nobody has another reference to the memory.
        let status = unsafe {
            (api.run)(
                self.session.get(),
                ptr::null(),
                input_names.as_ptr(),
                values.as_ptr(),
                values.len(),
                output_names.as_ptr(),
                made.len(),
                made.as_mut_ptr(),
            )
        };
        check(api, status, code, "model")?;
        // SAFETY: the run succeeded, so it made one value for each output.
        self.results.extend(made.into_iter().map(|value| unsafe { Handle::new(value, api.release_value) }));
        Ok(())
    }

    fn check_output(&self, wanted: &[i64]) -> Result<()> {
        if wanted.is_empty() {
            return Ok(());
        }
        let found = self.output::<f32>(0)?.shape;
        if found == wanted {
            return Ok(());
        }
        let name = self.outputs[0].shown_name();
        let text = format!("model output \"{name}\" has the shape {}, the plugin reads {}", shown(&found), shown(wanted));
        Err(Error::new(Code::InitFailed, text))
    }
}

fn port_at<'a>(ports: &'a [Port], index: usize, side: &str) -> Result<&'a Port> {
    ports.get(index).ok_or_else(|| Error::new(Code::InitFailed, format!("the model has {} {side}s, none at {index}", ports.len())))
}

fn require_element(wanted: c_int, port: &Port, side: &str) -> Result<()> {
    if port.element == wanted {
        return Ok(());
    }
    let (name, element) = (port.shown_name(), port.element);
    let text = format!("model {side} \"{name}\" has element type {element}, the plugin uses {wanted} (1 = float, 2 = uint8)");
    Err(Error::new(Code::InitFailed, text))
}

fn declare_shape(port: &mut Port, given: &[i64]) -> Result<()> {
    if !fits(&port.shape, given) || given.iter().any(|&size| size < 0) {
        let (name, own) = (port.shown_name(), shown(&port.shape));
        return Err(Error::new(Code::InitFailed, format!("model input \"{name}\" has the shape {own}, the plugin feeds {}", shown(given))));
    }
    port.shape = given.to_vec();
    Ok(())
}

/// Bytes of an input whose shape must be known by now.
fn input_bytes(port: &Port) -> Result<usize> {
    if port.shape.iter().any(|&size| size < 0) {
        let (name, own) = (port.shown_name(), shown(&port.shape));
        return Err(Error::new(Code::InitFailed, format!("model input \"{name}\" has the open shape {own}, and the plugin declares none")));
    }
    if port.element == <u8 as sealed::Sealed>::ELEMENT {
        return Ok(count(&port.shape));
    }
    require_element(<f32 as sealed::Sealed>::ELEMENT, port, "input")?;
    Ok(count(&port.shape) * 4)
}

#[cfg(unix)]
fn native_path(path: &Path) -> Vec<PathChar> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().iter().map(|&byte| byte as PathChar).chain([0]).collect()
}

#[cfg(windows)]
fn native_path(path: &Path) -> Vec<PathChar> {
    use std::os::windows::ffi::OsStrExt;
    path.as_os_str().encode_wide().chain([0]).collect()
}
