//! The frozen part of ONNX Runtime's C API that plugins use: a table of functions that only grows.
use std::ffi::{c_char, c_int, c_void};
use std::mem::{offset_of, size_of};

/// What is asked of `GetApi`: ONNX Runtime 1.17 and every later one serves it.
pub(super) const API_VERSION: u32 = 17;

macro_rules! opaque {
    ($($name:ident),+) => {
        $(#[repr(C)]
        pub(super) struct $name {
            nothing: [u8; 0],
        })+
    };
}
opaque!(Allocator, Env, MemoryInfo, RunOptions, OrtSession, SessionOptions, Status, TensorInfo, TypeInfo, Value);

/// A character of a path.
#[cfg(windows)]
pub(super) type PathChar = u16;
/// A character of a path.
#[cfg(not(windows))]
pub(super) type PathChar = c_char;

pub(super) const LOG_FATAL: c_int = 4;
pub(super) const OPTIMIZE_ALL: c_int = 99;
pub(super) const DEVICE_ALLOCATOR: c_int = 0;
pub(super) const DEFAULT_MEMORY: c_int = 0;

type Outcome = *mut Status;
type Count = unsafe extern "system" fn(*const OrtSession, *mut usize) -> Outcome;
type PortType = unsafe extern "system" fn(*const OrtSession, usize, *mut *mut TypeInfo) -> Outcome;
type PortName = unsafe extern "system" fn(*const OrtSession, usize, *mut Allocator, *mut *mut c_char) -> Outcome;
type Release<T> = unsafe extern "system" fn(*mut T);
type Unused<const SLOTS: usize> = [*const c_void; SLOTS];

/// A function that returns `*mut Status` returns NULL when all is well.
#[repr(C)]
pub(super) struct Api {
    unused_0: Unused<2>,
    pub(super) get_error_message: unsafe extern "system" fn(*const Status) -> *const c_char,
    pub(super) create_env: unsafe extern "system" fn(c_int, *const c_char, *mut *mut Env) -> Outcome,
    unused_4: Unused<2>,
    pub(super) disable_telemetry: unsafe extern "system" fn(*const Env) -> Outcome,
    pub(super) create_session:
        unsafe extern "system" fn(*const Env, *const PathChar, *const SessionOptions, *mut *mut OrtSession) -> Outcome,
    unused_8: Unused<1>,
    #[allow(clippy::type_complexity)] // it is the type that ONNX Runtime has
    pub(super) run: unsafe extern "system" fn(
        *mut OrtSession,
        *const RunOptions,
        *const *const c_char,
        *const *const Value,
        usize,
        *const *const c_char,
        usize,
        *mut *mut Value,
    ) -> Outcome,
    pub(super) create_session_options: unsafe extern "system" fn(*mut *mut SessionOptions) -> Outcome,
    unused_11: Unused<6>,
    pub(super) disable_memory_pattern: unsafe extern "system" fn(*mut SessionOptions) -> Outcome,
    unused_18: Unused<5>,
    pub(super) set_graph_optimization_level: unsafe extern "system" fn(*mut SessionOptions, c_int) -> Outcome,
    pub(super) set_intra_op_threads: unsafe extern "system" fn(*mut SessionOptions, c_int) -> Outcome,
    unused_25: Unused<5>,
    pub(super) input_count: Count,
    pub(super) output_count: Count,
    unused_32: Unused<1>,
    pub(super) input_type: PortType,
    pub(super) output_type: PortType,
    unused_35: Unused<1>,
    pub(super) input_name: PortName,
    pub(super) output_name: PortName,
    unused_38: Unused<11>,
    pub(super) create_tensor:
        unsafe extern "system" fn(*const MemoryInfo, *mut c_void, usize, *const i64, usize, c_int, *mut *mut Value) -> Outcome,
    unused_50: Unused<1>,
    pub(super) tensor_data: unsafe extern "system" fn(*mut Value, *mut *mut c_void) -> Outcome,
    unused_52: Unused<3>,
    pub(super) cast_to_tensor_info: unsafe extern "system" fn(*const TypeInfo, *mut *const TensorInfo) -> Outcome,
    unused_56: Unused<4>,
    pub(super) element_type: unsafe extern "system" fn(*const TensorInfo, *mut c_int) -> Outcome,
    pub(super) dimensions_count: unsafe extern "system" fn(*const TensorInfo, *mut usize) -> Outcome,
    pub(super) dimensions: unsafe extern "system" fn(*const TensorInfo, *mut i64, usize) -> Outcome,
    unused_63: Unused<2>,
    pub(super) tensor_type: unsafe extern "system" fn(*const Value, *mut *mut TensorInfo) -> Outcome,
    unused_66: Unused<3>,
    pub(super) create_cpu_memory_info: unsafe extern "system" fn(c_int, c_int, *mut *mut MemoryInfo) -> Outcome,
    unused_70: Unused<6>,
    pub(super) allocator_free: unsafe extern "system" fn(*mut Allocator, *mut c_void) -> Outcome,
    unused_77: Unused<1>,
    pub(super) default_allocator: unsafe extern "system" fn(*mut *mut Allocator) -> Outcome,
    unused_79: Unused<13>,
    pub(super) release_env: Release<Env>,
    pub(super) release_status: Release<Status>,
    pub(super) release_memory_info: Release<MemoryInfo>,
    pub(super) release_session: Release<OrtSession>,
    pub(super) release_value: Release<Value>,
    unused_97: Unused<1>,
    pub(super) release_type_info: Release<TypeInfo>,
    pub(super) release_tensor_info: Release<TensorInfo>,
    pub(super) release_session_options: Release<SessionOptions>,
    unused_101: Unused<29>,
    pub(super) add_session_config_entry: unsafe extern "system" fn(*mut SessionOptions, *const c_char, *const c_char) -> Outcome,
}

// SAFETY: the table never changes, and its functions may be called from any thread.
unsafe impl Sync for Api {}

/// What the library's one exported function returns.
#[repr(C)]
pub(super) struct ApiBase {
    pub(super) get_api: unsafe extern "system" fn(u32) -> *const Api,
    pub(super) version: unsafe extern "system" fn() -> *const c_char,
}

macro_rules! slots {
    ($($field:ident: $slot:literal),+) => {
        $(const _: () = assert!(offset_of!(Api, $field) == $slot * size_of::<*const c_void>());)+
    };
}
slots!(get_error_message: 2, create_env: 3, disable_telemetry: 6, create_session: 7, run: 9, create_session_options: 10,
    disable_memory_pattern: 17, set_graph_optimization_level: 23, set_intra_op_threads: 24, input_count: 30, output_count: 31, input_type: 33, output_type: 34, input_name: 36, output_name: 37,
    create_tensor: 49, tensor_data: 51, cast_to_tensor_info: 55, element_type: 60, dimensions_count: 61, dimensions: 62, tensor_type: 65,
    create_cpu_memory_info: 69, allocator_free: 76, default_allocator: 78, release_env: 92, release_status: 93, release_memory_info: 94,
    release_session: 95, release_value: 96, release_type_info: 98, release_tensor_info: 99, release_session_options: 100, add_session_config_entry: 130);
