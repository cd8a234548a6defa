// Written by scripts/record-names.py; do not edit.

/** Functions and classes of PyTorch's that TorchScript refuses: by what it says of them, one a line. */
export const pythonRefusals: Readonly<Record<string, string>> = {
  "'Any' object has no attribute or method 'fill_'.": 'torch.optim.lr_scheduler._update_param_group_val',
  "'NoneType' object has no attribute 'device_index'": 'torch.backends.cuda.cuFFTPlanCache',
  "'Tensor (inferred)' object has no attribute or method 'ClassVar'.": 'dataclasses._is_classvar',
  "'Tensor (inferred)' object has no attribute or method 'InitVar'.": 'dataclasses._is_initvar',
  "'Tensor (inferred)' object has no attribute or method 'KW_ONLY'.": 'dataclasses._is_kw_only',
  "'Tensor (inferred)' object has no attribute or method '__class__'.": 'enum.global_enum_repr\nenum.global_flag_repr',
  "'Tensor (inferred)' object has no attribute or method '__dict__'.":
    'dataclasses._add_slots\ndataclasses._set_new_attribute\nenum._test_simple_enum',
  "'Tensor (inferred)' object has no attribute or method '__doc__'.": 'types.DynamicClassAttribute',
  "'Tensor (inferred)' object has no attribute or method '__func__'.": 'copy._deepcopy_method',
  "'Tensor (inferred)' object has no attribute or method '__globals__'.": 'torch._jit_internal.get_closure',
  "'Tensor (inferred)' object has no attribute or method '__members__'.": 'enum.unique',
  "'Tensor (inferred)' object has no attribute or method '__mro__'.": 'inspect.getmro',
  "'Tensor (inferred)' object has no attribute or method '__name__'.":
    'dataclasses._hash_exception\nwarnings.WarningMessage\nwarnings.formatwarning\nwarnings.showwarning',
  "'Tensor (inferred)' object has no attribute or method '_c'.": 'torch.jit._freeze.run_frozen_optimizations',
  "'Tensor (inferred)' object has no attribute or method '_drv'.": 'pathlib._PathParents',
  "'Tensor (inferred)' object has no attribute or method '_modules'.": 'torch.ao.quantization.quantize.add_quant_dequant',
  "'Tensor (inferred)' object has no attribute or method '_name_'.": 'enum.global_str',
  "'Tensor (inferred)' object has no attribute or method 'bit_length'.": 'enum._high_bit\nenum._power_of_two\nenum.bin',
  "'Tensor (inferred)' object has no attribute or method 'co_positions'.": 'inspect._get_code_position',
  "'Tensor (inferred)' object has no attribute or method 'cr_running'.": 'inspect.getcoroutinestate',
  "'Tensor (inferred)' object has no attribute or method 'default'.": 'dataclasses._init_param',
  "'Tensor (inferred)' object has no attribute or method 'default_factory'.": 'dataclasses._field_init',
  "'Tensor (inferred)' object has no attribute or method 'device_index'.": 'torch.backends.cuda.cuFFTPlanCacheAttrContextProp',
  "'Tensor (inferred)' object has no attribute or method 'endswith'.": 'torch._jit_internal.raise_error_container_parameter_missing',
  "'Tensor (inferred)' object has no attribute or method 'expandtabs'.": 'inspect.indentsize',
  "'Tensor (inferred)' object has no attribute or method 'f_back'.": 'warnings._next_external_frame',
  "'Tensor (inferred)' object has no attribute or method 'f_code'.": 'warnings._is_internal_frame',
  "'Tensor (inferred)' object has no attribute or method 'f_lineno'.": 'inspect.getlineno',
  "'Tensor (inferred)' object has no attribute or method 'get'.": 'torch.ao.quantization.quantize.propagate_qconfig_',
  "'Tensor (inferred)' object has no attribute or method 'gi_running'.": 'inspect.getgeneratorstate',
  "'Tensor (inferred)' object has no attribute or method 'help'.": 'argparse.ArgumentDefaultsHelpFormatter',
  "'Tensor (inferred)' object has no attribute or method 'items'.":
    'functools._make_key\ntorch.ao.quantization.quantize_jit.script_qconfig_dict',
  "'Tensor (inferred)' object has no attribute or method 'local_value'.": 'torch.distributed.rpc.api._rref_typeof_on_owner',
  "'Tensor (inferred)' object has no attribute or method 'named_modules'.": 'torch.ao.quantization.observer.load_observer_state_dict',
  "'Tensor (inferred)' object has no attribute or method 'option_strings'.": 'argparse._get_action_name',
  "'Tensor (inferred)' object has no attribute or method 'parameters'.": 'inspect._signature_bound_method',
  "'Tensor (inferred)' object has no attribute or method 'splitlines'.":
    'argparse.RawDescriptionHelpFormatter\nargparse.RawTextHelpFormatter',
  "'Tensor (inferred)' object has no attribute or method 'startswith'.": 'enum._is_private\njson.detect_encoding\npathlib._WindowsFlavour',
  "'Tensor (inferred)' object has no attribute or method 'state_dict'.": 'torch.jit._trace._unique_state_dict',
  "'Tensor (inferred)' object has no attribute or method 'tb_frame'.": 'inspect._get_code_position_from_tb',
  "'Tensor (inferred)' object has no attribute or method 'training'.":
    'torch.ao.quantization.fuser_method_mappings.fuse_conv_bn\ntorch.ao.quantization.fuser_method_mappings.fuse_conv_bn_relu\ntorch.ao.quantization.fuser_method_mappings.fuse_convtranspose_bn\ntorch.ao.quantization.fuser_method_mappings.fuse_linear_bn',
  "'Tensor (inferred)' object has no attribute or method 'value'.": 'torch.distributed.rpc.internal._build_rpc_profiling_key',
  "'Tensor' object has no attribute or method 'Stream'.": 'torch.cuda.green_contexts.GreenContext',
  "'Tensor' object has no attribute or method '__bases__'.": 'inspect.getclasstree',
  "'Tensor' object has no attribute or method '__ge__'.": 'functools._gt_from_ge\nfunctools._le_from_ge\nfunctools._lt_from_ge',
  "'Tensor' object has no attribute or method '__gt__'.": 'functools._ge_from_gt\nfunctools._le_from_gt\nfunctools._lt_from_gt',
  "'Tensor' object has no attribute or method '__init__'.":
    'torch.cpu.amp.grad_scaler.GradScaler\ntorch.cuda.amp.grad_scaler.GradScaler\ntorch.cuda.device_of',
  "'Tensor' object has no attribute or method '__le__'.": 'functools._ge_from_le\nfunctools._gt_from_le\nfunctools._lt_from_le',
  "'Tensor' object has no attribute or method '__lt__'.": 'functools._ge_from_lt\nfunctools._gt_from_lt\nfunctools._le_from_lt',
  "'Tensor' object has no attribute or method 'bfloat16'.": 'torch.optim._muon._single_tensor_muon',
  "'Tensor' object has no attribute or method 'ndimension'.":
    'torch.nn.init.dirac_\ntorch.nn.init.eye_\ntorch.nn.init.orthogonal_\ntorch.nn.init.sparse_',
  "'Tensor' object has no attribute or method 'startswith'.": 'argparse.BooleanOptionalAction',
  "'UnaryOp' object has no attribute 'range'": 'numbers.Integral\nnumbers.Rational\nnumbers.Real',
  "'bool' object has no attribute or method 'join'.": 'string.capwords',
  'Arguments for call are not valid.':
    'enum._dedent\nenum._is_dunder\nenum._is_sunder\ninspect.BlockFinder\nlogging.Filter\nlogging.Filterer\nlogging._checkLevel\npathlib._is_wildcard_pattern\ntorch._jit_internal.SourceLoader\ntorch._jit_internal.check_empty_containers\ntorch._register_device_module\ntorch.ao.quantization.fuser_method_mappings.get_fuser_method\ntorch.ao.quantization.qconfig.get_default_qat_qconfig\ntorch.ao.quantization.qconfig.get_default_qconfig\ntorch.autograd.profiler_util._filter_stack_entry\ntorch.backends.cuda.cuBLASModule\ntorch.cuda._extract_arch_version\ntorch.jit._script.script_method\ntorch.jit._serialization.load\ntorch.jit._serialization.save\ntorch.utils.checkpoint._get_device_module\nwarnings._getaction\nwarnings.simplefilter',
  'Attempted to use Future without a contained type. Please add a contained type, e.g. Future[int]':
    'torch._jit_internal.is_future\ntorch.futures.collect_all\ntorch.futures.wait_all\ntorch.jit.Future',
  'Attempted to use RRef without a contained type. Please add a contained type, e.g. RRef[int]':
    'torch._jit_internal.is_rref\ntorch.distributed.rpc.api.RRef',
  'Attempted to use Union without a contained type. Please add a contained type, e.g. Union[int]': 'torch._jit_internal.is_union',
  "Can't get source for <class 'ast.Name'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._jit_internal.get_annotation_str',
  "Can't get source for <class 'collections.abc.AsyncIterable'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'collections.abc.AsyncIterable',
  "Can't get source for <class 'collections.abc.Awaitable'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'collections.abc.Awaitable',
  "Can't get source for <class 'collections.abc.ByteString'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'collections.abc.ByteString',
  "Can't get source for <class 'collections.abc.Container'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'collections.abc.Container',
  "Can't get source for <class 'collections.abc.Iterable'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'collections.abc.Iterable',
  "Can't get source for <class 'collections.abc.MappingView'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'collections.abc.MappingView',
  "Can't get source for <class 'collections.defaultdict'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'collections.defaultdict',
  "Can't get source for <class 'collections.deque'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'collections.deque',
  "Can't get source for <class 'functools._lru_cache_wrapper'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'functools._lru_cache_wrapper',
  "Can't get source for <class 'numpy.bool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.bool',
  "Can't get source for <class 'numpy.broadcast'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.broadcast',
  "Can't get source for <class 'numpy.busdaycalendar'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.busdaycalendar',
  "Can't get source for <class 'numpy.bytes_'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.bytes_',
  "Can't get source for <class 'numpy.character'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.character',
  "Can't get source for <class 'numpy.clongdouble'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.clongdouble',
  "Can't get source for <class 'numpy.complex128'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.complex128',
  "Can't get source for <class 'numpy.complex64'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.complex64',
  "Can't get source for <class 'numpy.complexfloating'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.complexfloating',
  "Can't get source for <class 'numpy.datetime64'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.datetime64',
  "Can't get source for <class 'numpy.dtype'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.dtype',
  "Can't get source for <class 'numpy.errstate'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.errstate',
  "Can't get source for <class 'numpy.finfo'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.finfo',
  "Can't get source for <class 'numpy.flatiter'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.flatiter',
  "Can't get source for <class 'numpy.flexible'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.flexible',
  "Can't get source for <class 'numpy.float16'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.float16',
  "Can't get source for <class 'numpy.float32'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.float32',
  "Can't get source for <class 'numpy.float64'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.float64',
  "Can't get source for <class 'numpy.floating'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.floating',
  "Can't get source for <class 'numpy.generic'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.generic',
  "Can't get source for <class 'numpy.iinfo'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.iinfo',
  "Can't get source for <class 'numpy.inexact'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.inexact',
  "Can't get source for <class 'numpy.int16'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.int16',
  "Can't get source for <class 'numpy.int32'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.int32',
  "Can't get source for <class 'numpy.int64'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.int64',
  "Can't get source for <class 'numpy.int8'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.int8',
  "Can't get source for <class 'numpy.integer'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.integer',
  "Can't get source for <class 'numpy.longdouble'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.longdouble',
  "Can't get source for <class 'numpy.longlong'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.longlong',
  "Can't get source for <class 'numpy.matrix'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.matrix',
  "Can't get source for <class 'numpy.memmap'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.memmap',
  "Can't get source for <class 'numpy.ndarray'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.ndarray',
  "Can't get source for <class 'numpy.ndenumerate'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.ndenumerate',
  "Can't get source for <class 'numpy.ndindex'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.ndindex',
  "Can't get source for <class 'numpy.nditer'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.nditer',
  "Can't get source for <class 'numpy.number'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.number',
  "Can't get source for <class 'numpy.object_'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.object_',
  "Can't get source for <class 'numpy.poly1d'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.poly1d',
  "Can't get source for <class 'numpy.rec.recarray'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.rec.recarray',
  "Can't get source for <class 'numpy.record'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.record',
  "Can't get source for <class 'numpy.signedinteger'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.signedinteger',
  "Can't get source for <class 'numpy.str_'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.str_',
  "Can't get source for <class 'numpy.timedelta64'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.timedelta64',
  "Can't get source for <class 'numpy.ufunc'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.ufunc',
  "Can't get source for <class 'numpy.uint16'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.uint16',
  "Can't get source for <class 'numpy.uint32'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.uint32',
  "Can't get source for <class 'numpy.uint64'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.uint64',
  "Can't get source for <class 'numpy.uint8'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.uint8',
  "Can't get source for <class 'numpy.ulonglong'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.ulonglong',
  "Can't get source for <class 'numpy.unsignedinteger'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.unsignedinteger',
  "Can't get source for <class 'numpy.vectorize'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.vectorize',
  "Can't get source for <class 'numpy.void'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy.void',
  "Can't get source for <class 'os.stat_result'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'os.stat_result',
  "Can't get source for <class 'os.statvfs_result'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'os.statvfs_result',
  "Can't get source for <class 'os.terminal_size'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'os.terminal_size',
  "Can't get source for <class 're.Match'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    're.Match',
  "Can't get source for <class 're.Pattern'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    're.Pattern',
  "Can't get source for <class 'torch._C.TensorBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C.TensorBase',
  "Can't get source for <class 'torch._C._AliasInfo'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._AliasInfo',
  "Can't get source for <class 'torch._C._AutoDispatchBelowADInplaceOrView'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._AutoDispatchBelowADInplaceOrView',
  "Can't get source for <class 'torch._C._AutoDispatchBelowAutograd'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._AutoDispatchBelowAutograd',
  "Can't get source for <class 'torch._C._Await'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._Await',
  "Can't get source for <class 'torch._C._BatchNormBackend'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._BatchNormBackend',
  "Can't get source for <class 'torch._C._BlasBackend'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._BlasBackend',
  "Can't get source for <class 'torch._C._ConvBackend'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._ConvBackend',
  "Can't get source for <class 'torch._C._DisableAutocast'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._DisableAutocast',
  "Can't get source for <class 'torch._C._DisableFuncTorch'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._DisableFuncTorch',
  "Can't get source for <class 'torch._C._DisablePythonDispatcher'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._DisablePythonDispatcher',
  "Can't get source for <class 'torch._C._DisableTorchDispatch'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._DisableTorchDispatch',
  "Can't get source for <class 'torch._C._DispatchModule'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._DispatchModule',
  "Can't get source for <class 'torch._C._DispatchOperatorHandle'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._DispatchOperatorHandle',
  "Can't get source for <class 'torch._C._EnablePreDispatch'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._EnablePreDispatch',
  "Can't get source for <class 'torch._C._EnablePythonDispatcher'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._EnablePythonDispatcher',
  "Can't get source for <class 'torch._C._EnableTorchFunction'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._EnableTorchFunction',
  "Can't get source for <class 'torch._C._EngineBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._EngineBase',
  "Can't get source for <class 'torch._C._ExcludeDispatchKeyGuard'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._ExcludeDispatchKeyGuard',
  "Can't get source for <class 'torch._C._ForceDispatchKeyGuard'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._ForceDispatchKeyGuard',
  "Can't get source for <class 'torch._C._FunctionBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._FunctionBase',
  "Can't get source for <class 'torch._C._GeneratorType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._GeneratorType',
  "Can't get source for <class 'torch._C._IncludeDispatchKeyGuard'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._IncludeDispatchKeyGuard',
  "Can't get source for <class 'torch._C._InferenceMode'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._InferenceMode',
  "Can't get source for <class 'torch._C._LegacyVariableBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._LegacyVariableBase',
  "Can't get source for <class 'torch._C._LinalgBackend'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._LinalgBackend',
  "Can't get source for <class 'torch._C._MTIAGraph'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._MTIAGraph',
  "Can't get source for <class 'torch._C._MobileOptimizerType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._MobileOptimizerType',
  "Can't get source for <class 'torch._C._NodeBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._NodeBase',
  "Can't get source for <class 'torch._C._NodeIter'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._NodeIter',
  "Can't get source for <class 'torch._C._PreserveDispatchKeyGuard'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._PreserveDispatchKeyGuard',
  "Can't get source for <class 'torch._C._ROCmFABackend'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._ROCmFABackend',
  "Can't get source for <class 'torch._C._RestorePythonTLSSnapshot'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._RestorePythonTLSSnapshot',
  "Can't get source for <class 'torch._C._SafeKernelFunction'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._SafeKernelFunction',
  "Can't get source for <class 'torch._C._SchemaArgType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._SchemaArgType',
  "Can't get source for <class 'torch._C._SchemaArgument'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._SchemaArgument',
  "Can't get source for <class 'torch._C._SchemaInfo'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._SchemaInfo',
  "Can't get source for <class 'torch._C._SetExcludeDispatchKeyGuard'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._SetExcludeDispatchKeyGuard',
  "Can't get source for <class 'torch._C._ShapeComputeGraphMapping'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._ShapeComputeGraphMapping',
  "Can't get source for <class 'torch._C._SymNode'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._SymNode',
  "Can't get source for <class 'torch._C._TensorIterator'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._TensorIterator',
  "Can't get source for <class 'torch._C._TensorIteratorSpec'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._TensorIteratorSpec',
  "Can't get source for <class 'torch._C._TensorMeta'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._TensorMeta',
  "Can't get source for <class 'torch._C._TorchDispatchModeKey'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._TorchDispatchModeKey',
  "Can't get source for <class 'torch._C._TorchFunctionState'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._TorchFunctionState',
  "Can't get source for <class 'torch._C._UpgraderEntry'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._UpgraderEntry',
  "Can't get source for <class 'torch._C._UpgraderRange'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._UpgraderRange',
  "Can't get source for <class 'torch._C._VariableFunctionsClass'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._VariableFunctionsClass',
  "Can't get source for <class 'torch._C._WeakTensorRef'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._WeakTensorRef',
  "Can't get source for <class 'torch._C._acceleratorGraph'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._acceleratorGraph',
  "Can't get source for <class 'torch._C._autograd.DeviceType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._autograd.DeviceType',
  "Can't get source for <class 'torch._C._autograd.ProfilerEvent'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._autograd.ProfilerEvent',
  "Can't get source for <class 'torch._C._autograd.SavedTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._autograd.SavedTensor',
  "Can't get source for <class 'torch._C._autograd._KinetoEvent'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._autograd._KinetoEvent',
  "Can't get source for <class 'torch._C._autograd._ProfilerResult'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._autograd._ProfilerResult',
  "Can't get source for <class 'torch._C._distributed_c10d.Backend'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d.Backend',
  "Can't get source for <class 'torch._C._distributed_c10d.BuiltinCommHookType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d.BuiltinCommHookType',
  "Can't get source for <class 'torch._C._distributed_c10d.FileStore'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d.FileStore',
  "Can't get source for <class 'torch._C._distributed_c10d.GradBucket'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d.GradBucket',
  "Can't get source for <class 'torch._C._distributed_c10d.HashStore'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d.HashStore',
  "Can't get source for <class 'torch._C._distributed_c10d.Logger'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d.Logger',
  "Can't get source for <class 'torch._C._distributed_c10d.Reducer'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d.Reducer',
  "Can't get source for <class 'torch._C._distributed_c10d.TCPStore'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d.TCPStore',
  "Can't get source for <class 'torch._C._distributed_c10d._ControlCollectives'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d._ControlCollectives',
  "Can't get source for <class 'torch._C._distributed_c10d._StoreCollectives'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_c10d._StoreCollectives',
  "Can't get source for <class 'torch._C._distributed_rpc.PyRRef'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_rpc.PyRRef',
  "Can't get source for <class 'torch._C._distributed_rpc.RemoteProfilerManager'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_rpc.RemoteProfilerManager',
  "Can't get source for <class 'torch._C._distributed_rpc.RpcAgent'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_rpc.RpcAgent',
  "Can't get source for <class 'torch._C._distributed_rpc.RpcBackendOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_rpc.RpcBackendOptions',
  "Can't get source for <class 'torch._C._distributed_rpc.TensorPipeAgent'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_rpc.TensorPipeAgent',
  "Can't get source for <class 'torch._C._distributed_rpc.WorkerInfo'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_rpc.WorkerInfo',
  "Can't get source for <class 'torch._C._distributed_rpc._TensorPipeRpcBackendOptionsBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._C._distributed_rpc._TensorPipeRpcBackendOptionsBase',
  "Can't get source for <class 'torch._utils._CUDAGraph'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._CUDAGraph',
  "Can't get source for <class 'torch._utils._CudaDeviceProperties'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._CudaDeviceProperties\ntorch.cuda._warn_unsupported_code\ntorch.cuda.get_device_capability\ntorch.cuda.get_device_name\ntorch.cuda.get_device_properties',
  "Can't get source for <class 'torch._utils._CudaEventBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._CudaEventBase',
  "Can't get source for <class 'torch._utils._CudaStreamBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._CudaStreamBase',
  "Can't get source for <class 'torch._utils._MemPool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._MemPool',
  "Can't get source for <class 'torch._utils._XPUGraph'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._XPUGraph',
  "Can't get source for <class 'torch._utils._XPUMemPool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._XPUMemPool',
  "Can't get source for <class 'torch._utils._XpuEventBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._XpuEventBase',
  "Can't get source for <class 'torch._utils._XpuStreamBase'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._XpuStreamBase',
  "Can't get source for <class 'torch._utils._cuda_CUDAAllocator'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._cuda_CUDAAllocator\ntorch.cuda.memory.MemPool\ntorch.cuda.memory.change_current_allocator',
  "Can't get source for <class 'torch._utils._cuda_beginAllocateCurrentThreadToPool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._cuda_beginAllocateCurrentThreadToPool',
  "Can't get source for <class 'torch._utils._cuda_beginAllocateToPool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._cuda_beginAllocateToPool',
  "Can't get source for <class 'torch._utils._cuda_endAllocateToPool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._cuda_endAllocateToPool',
  "Can't get source for <class 'torch._utils._cuda_isCurrentStreamCapturing'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._cuda_isCurrentStreamCapturing\ntorch.cuda.graphs.is_current_stream_capturing',
  "Can't get source for <class 'torch._utils._cuda_releasePool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._cuda_releasePool',
  "Can't get source for <class 'torch._utils._graph_pool_handle'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._graph_pool_handle',
  "Can't get source for <class 'torch._utils._xpu_XPUAllocator'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._xpu_XPUAllocator',
  "Can't get source for <class 'torch._utils._xpu_beginAllocateCurrentThreadToPool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._xpu_beginAllocateCurrentThreadToPool',
  "Can't get source for <class 'torch._utils._xpu_endAllocateToPool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._xpu_endAllocateToPool',
  "Can't get source for <class 'torch._utils._xpu_graph_pool_handle'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._xpu_graph_pool_handle',
  "Can't get source for <class 'torch._utils._xpu_isCurrentStreamCapturing'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._xpu_isCurrentStreamCapturing',
  "Can't get source for <class 'torch._utils._xpu_releasePool'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._utils._xpu_releasePool',
  "Can't get source for <class 'torch.backends.cuda._SDPAParams'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.backends.cuda._SDPAParams',
  "Can't get source for <class 'torch.cuda.BFloat16Tensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.BFloat16Tensor',
  "Can't get source for <class 'torch.cuda.BoolTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.BoolTensor',
  "Can't get source for <class 'torch.cuda.ByteTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.ByteTensor',
  "Can't get source for <class 'torch.cuda.CharTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.CharTensor',
  "Can't get source for <class 'torch.cuda.DoubleTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.DoubleTensor',
  "Can't get source for <class 'torch.cuda.FloatTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.FloatTensor',
  "Can't get source for <class 'torch.cuda.HalfTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.HalfTensor',
  "Can't get source for <class 'torch.cuda.IntTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.IntTensor',
  "Can't get source for <class 'torch.cuda.LongTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.LongTensor',
  "Can't get source for <class 'torch.cuda.ShortTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.cuda.ShortTensor',
  "Can't get source for <class 'torch.distributed.distributed_c10d.AllToAllOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.AllToAllOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.AllreduceCoalescedOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.AllreduceCoalescedOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.AllreduceOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.AllreduceOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.BarrierOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.BarrierOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.BroadcastOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.BroadcastOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.DebugLevel'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.DebugLevel',
  "Can't get source for <class 'torch.distributed.distributed_c10d.GatherOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.GatherOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.PrefixStore'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.PrefixStore',
  "Can't get source for <class 'torch.distributed.distributed_c10d.ProcessGroup'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.ProcessGroup',
  "Can't get source for <class 'torch.distributed.distributed_c10d.ProcessGroupGloo'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.ProcessGroupGloo',
  "Can't get source for <class 'torch.distributed.distributed_c10d.ReduceOp'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.ReduceOp',
  "Can't get source for <class 'torch.distributed.distributed_c10d.ReduceOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.ReduceOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.ReduceScatterOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.ReduceScatterOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.ScatterOptions'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.ScatterOptions',
  "Can't get source for <class 'torch.distributed.distributed_c10d.Store'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.Store',
  "Can't get source for <class 'torch.distributed.distributed_c10d.Work'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.distributed_c10d.Work',
  "Can't get source for <class 'torch.jit._Await'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch._jit_internal.is_await\ntorch.jit._Await',
  "Can't get source for <class 'torch.nn.attention._SDPBackend'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.nn.attention._SDPBackend',
  "Can't get source for <class 'torch.nn.functional._ScalingType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.nn.functional._ScalingType',
  "Can't get source for <class 'torch.nn.functional._SwizzleType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.nn.functional._SwizzleType',
  "Can't get source for <class 'torch.optim.Muon'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.optim.Muon',
  "Can't get source for <class 'torch.sparse.BFloat16Tensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.BFloat16Tensor',
  "Can't get source for <class 'torch.sparse.ByteTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.ByteTensor',
  "Can't get source for <class 'torch.sparse.CharTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.CharTensor',
  "Can't get source for <class 'torch.sparse.DoubleTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.DoubleTensor',
  "Can't get source for <class 'torch.sparse.FloatTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.FloatTensor',
  "Can't get source for <class 'torch.sparse.HalfTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.HalfTensor',
  "Can't get source for <class 'torch.sparse.IntTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.IntTensor',
  "Can't get source for <class 'torch.sparse.LongTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.LongTensor',
  "Can't get source for <class 'torch.sparse.ShortTensor'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.sparse.ShortTensor',
  "Can't get source for <class 'types.GenericAlias'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'types.GenericAlias',
  "Can't get source for <class 'types.SimpleNamespace'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'types.SimpleNamespace',
  "Can't get source for <class 'types.UnionType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'types.UnionType',
  "Can't get source for <class 'weakref.ReferenceType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'weakref.ReferenceType',
  "Can't get source for <enum 'BackendType'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'torch.distributed.rpc._init_rpc_backend\ntorch.distributed.rpc._validate_rpc_args\ntorch.distributed.rpc.backend_registry.BackendType',
  "Can't get source for <enum '_CopyMode'>. TorchScript requires source access in order to carry out compilation, make sure original .py files are available.":
    'numpy._CopyMode',
  'Cannot emit expr for: (dots)': 'torch._jit_internal.HasGetattr',
  'Class ABC does not have an __init__ function defined': 'abc.ABC',
  'Class BroadcastingListCls does not have an __init__ function defined': 'torch._jit_internal.BroadcastingListCls',
  'Class CheckpointFunction does not have an __init__ function defined': 'torch.utils.checkpoint.CheckpointFunction',
  'Class DFIterDataPipe does not have an __init__ function defined': 'torch.utils.data.datapipes.datapipe.DFIterDataPipe',
  'Class DefaultDeviceType does not have an __init__ function defined': 'torch.utils.checkpoint.DefaultDeviceType',
  'Class Event does not have an __init__ function defined': 'torch.cpu.Event',
  'Class FunctionModifiers does not have an __init__ function defined': 'torch._jit_internal.FunctionModifiers',
  'Class GroupMember does not have an __init__ function defined': 'torch.distributed.distributed_c10d.GroupMember',
  'Class Number does not have an __init__ function defined': 'numbers.Number',
  'Class PerRow does not have an __init__ function defined': 'torch.ao.quantization.observer.PerRow',
  'Class PerToken does not have an __init__ function defined': 'torch.ao.quantization.observer.PerToken',
  'Class Variable does not have an __init__ function defined': 'torch.autograd.variable.Variable',
  'Class _DatasetKind does not have an __init__ function defined': 'torch.utils.data.dataloader._DatasetKind',
  'Class _HAS_DEFAULT_FACTORY_CLASS does not have an __init__ function defined': 'dataclasses._HAS_DEFAULT_FACTORY_CLASS',
  'Class _Handle does not have an __init__ function defined': 'torch.utils.checkpoint._Handle',
  'Class _KW_ONLY_TYPE does not have an __init__ function defined': 'dataclasses._KW_ONLY_TYPE',
  'Class _LRScheduler does not have an __init__ function defined': 'torch.optim.lr_scheduler._LRScheduler',
  'Class _Link does not have an __init__ function defined': 'collections._Link',
  'Class _MISSING_TYPE does not have an __init__ function defined': 'dataclasses._MISSING_TYPE',
  'Class _RequiredParameter does not have an __init__ function defined': 'torch.optim.optimizer._RequiredParameter',
  'Class _SchedulePhase does not have an __init__ function defined': 'torch.optim.lr_scheduler._SchedulePhase',
  'Class _empty does not have an __init__ function defined': 'inspect._empty',
  'Class _void does not have an __init__ function defined': 'inspect._void',
  'Class abstractproperty does not have an __init__ function defined': 'abc.abstractproperty',
  'Class cudaStatus does not have an __init__ function defined': 'torch.cuda.cudaStatus',
  'Class group does not have an __init__ function defined': 'torch.distributed.distributed_c10d.group',
  'Class redirect_stderr does not have an __init__ function defined': 'contextlib.redirect_stderr',
  'Class redirect_stdout does not have an __init__ function defined': 'contextlib.redirect_stdout',
  "Compiled functions can't take variable number of arguments or use keyword-only arguments with defaults":
    'argparse.Namespace\nargparse._ArgumentGroup\nargparse._MutuallyExclusiveGroup\ncollections.UserDict\ncollections.UserList\ncollections.namedtuple\ncontextlib.ExitStack\ncontextlib._BaseExitStack\ncontextlib.chdir\ncontextlib.closing\ncontextlib.suppress\ncopy._reconstruct\ndataclasses._cmp_fn\ndataclasses._create_fn\ndataclasses._repr_fn\ndataclasses.asdict\ndataclasses.astuple\ndataclasses.dataclass\ndataclasses.field\ndataclasses.make_dataclass\ndataclasses.replace\nenum.EnumType\nenum._old_convert_\nenum._simple_enum\ninspect.Parameter\ninspect.Signature\ninspect._signature_from_callable\ninspect.get_annotations\ninspect.getcallargs\ninspect.getsource\ninspect.getsourcelines\ninspect.signature\ninspect.unwrap\njson.decoder.JSONDecoder\njson.dump\njson.dumps\njson.encoder.JSONEncoder\njson.load\njson.loads\nlogging.LogRecord\nlogging.PercentStyle\nlogging.StringTemplateStyle\nlogging.basicConfig\nlogging.critical\nlogging.debug\nlogging.error\nlogging.exception\nlogging.fatal\nlogging.getLogRecordFactory\nlogging.info\nlogging.log\nlogging.makeLogRecord\nlogging.warn\nlogging.warning\npathlib.Path\nrandom.SystemRandom\nstring.Formatter\nstring.Template\ntorch._TorchCompileAOTInductorWrapper\ntorch._TorchCompileInductorWrapper\ntorch._jit_internal._IgnoreContextManager\ntorch._jit_internal._TensorExtractor\ntorch._jit_internal._extract_tensors\ntorch._jit_internal.ignore\ntorch._linalg_utils._symeig\ntorch._linalg_utils.eig\ntorch._linalg_utils.lstsq\ntorch._linalg_utils.matrix_rank\ntorch._linalg_utils.solve\ntorch.amp.autocast_mode._enter_autocast\ntorch.amp.autocast_mode.custom_fwd\ntorch.autograd.anomaly_mode.detect_anomaly\ntorch.autograd.anomaly_mode.set_detect_anomaly\ntorch.autograd.function.Function\ntorch.autograd.function.NestedIOFunction\ntorch.autograd.grad_mode._unsafe_preserve_version_counter\ntorch.autograd.gradcheck.gradcheck\ntorch.autograd.gradcheck.gradgradcheck\ntorch.autograd.graph._engine_run_backward\ntorch.autograd.profiler.EnforceUnique\ntorch.autograd.profiler.profile\ntorch.autograd.variable\ntorch.compile\ntorch.cuda._CudaBase\ntorch.cuda._WrappedTritonKernel\ntorch.cuda._lazy_call\ntorch.cuda.amp.autocast_mode.custom_fwd\ntorch.cuda.gds._dummy_fn.<locals>.fn\ntorch.distributed.device_mesh.init_device_mesh\ntorch.distributed.rendezvous.rendezvous\ntorch.distributed.rpc.api.method_factory.<locals>.method\ntorch.distributed.rpc.options.TensorPipeRpcBackendOptions\ntorch.func.vmap\ntorch.functional._meshgrid\ntorch.functional._unique_consecutive_torch_function\ntorch.functional._unique_torch_function\ntorch.hub._Faketqdm\ntorch.hub._load_local\ntorch.hub._read_url\ntorch.hub._safe_extract_zip\ntorch.hub.load\ntorch.jit._async.fork\ntorch.jit._await._awaitable\ntorch.nested._internal.nested_tensor.NestedTensor\ntorch.nested.nested_tensor\ntorch.nn.attention._sdpa_kernel_variadic\ntorch.nn.functional.grouped_mm\ntorch.nn.functional.linear_cross_entropy\ntorch.nn.functional.triplet_margin_with_distance_loss\ntorch.nn.init._make_deprecate.<locals>.deprecated_init\ntorch.nn.utils.init.skip_init\ntorch.optim.adadelta.Adadelta\ntorch.optim.adagrad.Adagrad\ntorch.optim.adamax.Adamax\ntorch.optim.nadam.NAdam\ntorch.optim.optimizer._view_as_real\ntorch.optim.radam.RAdam\ntorch.optim.rprop.Rprop\ntorch.optim.sgd.SGD\ntorch.overrides.TorchFunctionMode\ntorch.overrides.handle_torch_function\ntorch.profiler.profiler._KinetoProfile\ntorch.profiler.profiler.profile\ntorch.profiler.profiler.schedule\ntorch.sparse.semi_structured.SparseSemiStructuredTensorCUSPARSELT\ntorch.sparse.semi_structured.SparseSemiStructuredTensorCUTLASS\ntorch.utils._pytree.tree_map\ntorch.utils.checkpoint.GraphExecGroup\ntorch.utils.checkpoint.SelectiveCheckpointContext\ntorch.utils.checkpoint._CheckpointFrame\ntorch.utils.checkpoint._checkpoint_without_reentrant_generator\ntorch.utils.checkpoint._infer_device_type\ntorch.utils.checkpoint._run_fn_with_dynamo_disabled\ntorch.utils.checkpoint.checkpoint\ntorch.utils.checkpoint.checkpoint_sequential\ntorch.utils.checkpoint.get_device_states\ntorch.utils.checkpoint.set_device_states\ntorch.utils.data._utils.collate.default_collate\ntorch.utils.data.dataloader.DataLoader\ntorch.utils.data.datapipes._decorator.non_deterministic\ntorch.utils.data.dataset.StackDataset\ntorch.utils.data.dataset.TensorDataset\ntorch.utils.dlpack.from_dlpack\ntorch.utils.hooks.RemovableHandle\ntorch.utils.throughput_benchmark.ThroughputBenchmark\ntypes._GeneratorWrapper\ntyping.Annotated\ntyping.ForwardRef\ntyping.Generic\ntyping.NamedTuple\ntyping.ParamSpec\ntyping.Protocol\ntyping.TypedDict\ntyping.dataclass_transform\ntyping_extensions.TypeAliasType\ntyping_extensions.TypeVarTuple\nurllib.parse.urlparse\nurllib.request.urlopen\nwarnings._add_filter\nwarnings._deprecated\nwarnings.catch_warnings',
  'Comprehension ifs are not supported yet':
    'dataclasses._fields_in_init_order\ndataclasses._hash_add\nenum.verify\nfunctools._c3_merge\ninspect._missing_arguments\ninspect._signature_strip_non_python_syntax\ninspect._too_many\ninspect.classify_class_attrs\ntorch._jit_internal._get_named_tuple_properties\ntorch._jit_internal.createResolutionCallbackForClassMethods\ntorch.cuda._check_cubins\ntorch.hub._check_dependencies\ntorch.hub.list\ntorch.jit._freeze.freeze\ntorch.nn.functional.gaussian_nll_loss\ntorch.nn.utils.clip_grad._clip_grads_with_norm_\ntorch.nn.utils.clip_grad.clip_grad_norm_\ntorch.nn.utils.clip_grad.clip_grad_value_\ntorch.optim.lr_scheduler.ChainedScheduler\ntorch.optim.lr_scheduler.SequentialLR\ntorch.utils.checkpoint.check_backward_validity\nurllib.parse.quote_from_bytes',
  'Could not cast value of type NoneType to bool':
    'torch.cuda.clock_rate\ntorch.cuda.device_memory_used\ntorch.cuda.is_bf16_supported\ntorch.cuda.is_tf32_supported\ntorch.cuda.memory_usage\ntorch.cuda.power_draw\ntorch.cuda.temperature\ntorch.cuda.utilization',
  'Could not cast value of type Optional[List[Any]] to bool': 'torch.nn.functional._list_or_empty',
  'Dict expansion (e.g. `{**dict}`) is not supported': 'urllib.request.Request',
  "Don't support conversion in JoinedStr":
    'dataclasses._DataclassParams\ndataclasses._field_assign\ndataclasses._init_fn\ndataclasses._process_class\ntorch.distributed.distributed_c10d.new_subgroups\ntyping.reveal_type',
  "Don't support formatting in JoinedStr":
    'torch.cuda.current_stream\ntorch.cuda.default_stream\ntorch.cuda.get_stream_from_external\ntorch.cuda.set_stream\ntorch.cuda.streams.Event\ntorch.cuda.streams.Stream\ntorch.distributed.rpc.api.AllGatherStates',
  'Expected a default value of type Tensor (inferred) on parameter "value".Because "value" was not annotated with an explicit type it is assumed to be type \'Tensor\'.':
    'enum.auto',
  'Expression of type dots cannot be used in a type expression':
    'torch.ao.quantization.observer.get_block_size\ntorch.utils.checkpoint.detach_variable',
  "Failed to get source for <bound method Collection.__subclasshook__ of <class 'collections.abc.Collection'>> using inspect.getsource":
    'collections.abc.Collection',
  "Failed to get source for <bound method ItemsView._from_iterable of <class 'collections.abc.ItemsView'>> using inspect.getsource":
    'collections.abc.ItemsView',
  "Failed to get source for <bound method KeysView._from_iterable of <class 'collections.abc.KeysView'>> using inspect.getsource":
    'collections.abc.KeysView',
  'First assignment cannot be in a control-flow block. Initialize the field at the top level first':
    'logging.BufferingFormatter\npathlib._Selector',
  'Function __torch__.torch.functional.norm cannot be directly compiled because it is overloaded. It must be used in a context of a function where its inputs can determine which overload to call.':
    'torch.functional.norm',
  'Function __torch__.torch.functional.tensordot cannot be directly compiled because it is overloaded. It must be used in a context of a function where its inputs can determine which overload to call.':
    'torch.functional.tensordot',
  'Function __torch__.torch.nn.functional.interpolate cannot be directly compiled because it is overloaded. It must be used in a context of a function where its inputs can determine which overload to call.':
    'torch.nn.functional.interpolate',
  'Function __torch__.torch.nn.functional.upsample cannot be directly compiled because it is overloaded. It must be used in a context of a function where its inputs can determine which overload to call.':
    'torch.nn.functional.upsample',
  'Function __torch__.torch.nn.functional.upsample_bilinear cannot be directly compiled because it is overloaded. It must be used in a context of a function where its inputs can determine which overload to call.':
    'torch.nn.functional.upsample_bilinear',
  'Function __torch__.torch.nn.functional.upsample_nearest cannot be directly compiled because it is overloaded. It must be used in a context of a function where its inputs can determine which overload to call.':
    'torch.nn.functional.upsample_nearest',
  'Function was not annotated as having type None, but does not return along all paths':
    'typing.BinaryIO\ntyping.IO\ntyping.SupportsComplex\ntyping.SupportsFloat\ntyping.SupportsIndex\ntyping.SupportsInt\ntyping.TextIO',
  'GetAttr cannot be used as a value': 'enum.pickle_by_enum_name',
  "Lambda aren't supported":
    'functools.cache\nfunctools.lru_cache\ntorch.distributed.rpc.server_process_global_profiler._server_process_global_profile\ntorch.functional._unravel_index\ntorch.nn.attention._cur_sdpa_kernel_backends\ntorch.nn.functional._check_key_padding_mask',
  "Match aren't supported": 'dataclasses._get_slots',
  "NamedExpr aren't supported": 'logging.StrFormatStyle\ntorch._jit_internal.check_args_exist',
  "No enum values defined for: '<class 'enum.EnumType'>'": 'enum.IntEnum\nenum.ReprEnum\nenum.StrEnum',
  'Only a single generator is currently supported': 'collections.Counter\ntorch.nn.modules.utils._reverse_repeat_tuple',
  'Previous return statement returned a value of type bool but this return statement returns a value of type Tensor': 'enum._is_single_bit',
  'Python builtin <built-in function _get_cpp_backtrace> is currently not supported in Torchscript':
    'torch.utils.cpp_backtrace.get_cpp_backtrace',
  'Python builtin <built-in function _get_cudnn_sdp_enabled> is currently not supported in Torchscript':
    'torch.backends.cuda.cudnn_sdp_enabled',
  'Python builtin <built-in function _get_flash_sdp_enabled> is currently not supported in Torchscript':
    'torch.backends.cuda.flash_sdp_enabled',
  'Python builtin <built-in function _get_math_sdp_allow_fp16_bf16_reduction> is currently not supported in Torchscript':
    'torch.backends.cuda.fp16_bf16_reduction_math_sdp_allowed',
  'Python builtin <built-in function _get_math_sdp_enabled> is currently not supported in Torchscript':
    'torch.backends.cuda.math_sdp_enabled',
  'Python builtin <built-in function _get_mem_efficient_sdp_enabled> is currently not supported in Torchscript':
    'torch.backends.cuda.mem_efficient_sdp_enabled',
  'Python builtin <built-in function _get_privateuse1_backend_name> is currently not supported in Torchscript':
    'torch.optim.optimizer._device_dtype_check_for_fused\ntorch.random._seed_custom_device\ntorch.utils._foreach_utils._get_foreach_kernels_supported_devices\ntorch.utils._foreach_utils._get_fused_kernels_supported_devices\ntorch.utils.backend_registration.generate_methods_for_privateuse1_backend',
  'Python builtin <built-in function _is_autocast_available> is currently not supported in Torchscript':
    'torch.amp.autocast_mode.is_autocast_available\ntorch.utils.checkpoint._get_autocast_kwargs',
  'Python builtin <built-in function _is_grad_layout_enforcement_enabled> is currently not supported in Torchscript':
    'torch.autograd.grad_mode.enforce_grad_layout_policy',
  'Python builtin <built-in function _is_multithreading_enabled> is currently not supported in Torchscript':
    'torch.autograd.grad_mode.set_multithreading_enabled',
  'Python builtin <built-in function _is_torch_function_mode_enabled> is currently not supported in Torchscript':
    'torch.amp.autocast_mode._exit_autocast',
  'Python builtin <built-in function _is_view_replay_enabled> is currently not supported in Torchscript':
    'torch.autograd.grad_mode._force_original_view_tracking',
  'Python builtin <built-in function _len_torch_function_stack> is currently not supported in Torchscript':
    'torch.overrides._get_current_function_mode\ntorch.overrides._get_current_function_mode_stack',
  'Python builtin <built-in function _log_api_usage_once> is currently not supported in Torchscript':
    'torch.ao.quantization.quantize_jit.convert_dynamic_jit\ntorch.ao.quantization.quantize_jit.convert_jit\ntorch.ao.quantization.quantize_jit.fuse_conv_bn_jit\ntorch.ao.quantization.quantize_jit.prepare_dynamic_jit\ntorch.ao.quantization.quantize_jit.prepare_jit\ntorch.ao.quantization.quantize_jit.quantize_dynamic_jit\ntorch.ao.quantization.quantize_jit.quantize_jit\ntorch.distributed.rpc.api.rpc_async\ntorch.distributed.rpc.api.rpc_sync',
  'Python builtin <built-in function _pop_torch_function_stack> is currently not supported in Torchscript': 'torch.overrides._pop_mode',
  'Python builtin <built-in function _push_on_torch_function_stack> is currently not supported in Torchscript':
    'torch.overrides._push_mode',
  'Python builtin <built-in function _set_math_sdp_allow_fp16_bf16_reduction> is currently not supported in Torchscript':
    'torch.backends.cuda.allow_fp16_bf16_reduction_math_sdp',
  'Python builtin <built-in function _set_sdp_use_cudnn> is currently not supported in Torchscript': 'torch.backends.cuda.enable_cudnn_sdp',
  'Python builtin <built-in function _set_sdp_use_flash> is currently not supported in Torchscript': 'torch.backends.cuda.enable_flash_sdp',
  'Python builtin <built-in function _set_sdp_use_math> is currently not supported in Torchscript': 'torch.backends.cuda.enable_math_sdp',
  'Python builtin <built-in function _set_sdp_use_mem_efficient> is currently not supported in Torchscript':
    'torch.backends.cuda.enable_mem_efficient_sdp',
  'Python builtin <built-in function _skip_one_hop_torch_function> is currently not supported in Torchscript':
    'torch.overrides.redispatch_function',
  'Python builtin <built-in function callable> is currently not supported in Torchscript':
    'inspect._signature_is_functionlike\ntorch._jit_internal._is_drop_fn\ntorch._jit_internal._try_get_dispatched_fn\ntorch._jit_internal.copy_torchscript_modifier\ntorch._jit_internal.get_torchscript_modifier\ntorch._jit_internal.is_ignored_fn\ntorch._jit_internal.should_drop',
  'Python builtin <built-in function dir> is currently not supported in Torchscript':
    'torch._jit_internal.module_has_exports\ntorch.hub._load_attr_from_module',
  'Python builtin <built-in function issubclass> is currently not supported in Torchscript':
    'enum.global_enum\ntorch.utils.data.datapipes._decorator.functional_datapipe\ntypes._calculate_meta\ntyping.runtime_checkable',
  'Python builtin <built-in function next> is currently not supported in Torchscript':
    'torch.distributed.rendezvous._create_store_from_options',
  'Python exception cannot be used as a value':
    'dataclasses._frozen_get_del_attr\ntorch.jit._fuser.set_fusion_strategy\ntorch.sparse.semi_structured.to_sparse_semi_structured',
  'Python type cannot be used as a value':
    'argparse._AppendConstAction\nargparse._CountAction\nargparse._HelpAction\nargparse._StoreConstAction\nargparse._StoreFalseAction\nargparse._StoreTrueAction\nargparse._VersionAction',
  'Return value was annotated as having type List[Any] but is actually of type list': 'torch.nn.functional._expand_single_value',
  "Set aren't supported":
    'torch._jit_internal.is_final\ntorch.ao.quantization.quantization_mappings.no_observer_set\ntorch.distributed.rpc.api._all_gather\ntorch.nn.factory_kwargs\ntorch.optim.lr_scheduler.ReduceLROnPlateau\ntorch.overrides._get_overloaded_args\ntyping.get_args',
  "SetComp aren't supported": 'functools.total_ordering',
  'Tensor cannot be used as a tuple': 'torch.ao.quantization.default_eval_fn',
  'Tried to lookup unknown attribute on class __torch__.torch.distributed.distributed_c10d.GroupMember':
    'torch.distributed.distributed_c10d.is_initialized',
  'Type mismatch: step is set to type Tensor in the true branch and type number in the false branch':
    'torch.optim.nadam._single_tensor_nadam',
  'Unknown builtin op: aten::_get_origin.': 'torch._jit_internal.container_checker',
  'Unknown builtin op: aten::finfo.': 'torch.optim._adafactor._single_tensor_adafactor',
  'Unknown builtin op: aten::get_default_dtype.': 'torch.optim.optimizer._get_scalar_dtype',
  'Unknown builtin op: cuda::_current_device.': 'torch.backends.cuda.cuFFTPlanCacheManager',
  'Unknown builtin op: cuda::_exchange_device.': 'torch.cuda._DeviceGuard',
  'Unknown builtin op: cuda::device_count.':
    'torch.cuda._get_amdsmi_device_index\ntorch.cuda._get_nvml_device_index\ntorch.cuda._utils._get_device_index\ntorch.cuda.device\ntorch.cuda.set_device',
  'Unknown builtin op: cuda::synchronize.': 'torch.autograd.profiler.emit_nvtx',
  'Unknown type constructor Callable': 'torch._jit_internal._copy_to_script_wrapper\ntorch._jit_internal._drop\ntorch._jit_internal.unused',
  'Unknown type constructor Dataset': 'torch.utils.data.dataset.IterableDataset\ntorch.utils.data.dataset.Subset',
  'Unknown type constructor Iterable':
    'torch.cuda.random.set_rng_state_all\ntorch.nn.utils.convert_parameters.parameters_to_vector\ntorch.nn.utils.convert_parameters.vector_to_parameters\ntorch.utils.data.dataset.ConcatDataset',
  'Unknown type constructor Iterator': 'torch.utils.data.sampler.Sampler',
  'Unknown type constructor Literal': 'torch._environment.is_fbcode',
  'Unknown type constructor set':
    'torch.ao.quantization.quantization_mappings.get_default_compare_output_module_list\ntorch.ao.quantization.quantization_mappings.get_default_qconfig_propagation_list\ntorch.cuda._CompatInterval\ntorch.cuda._CompatSet',
  "Unknown type name 'AbstractContextManager'": 'torch.cpu.stream',
  "Unknown type name 'Callable'":
    'torch.ao.quantization.quantization_mappings.get_default_float_to_quantized_operator_mappings\ntorch.ao.quantization.quantization_mappings.get_dynamic_quant_module_class\ntorch.ao.quantization.quantization_mappings.get_quantized_operator\ntorch.ao.quantization.quantization_mappings.get_static_quant_module_class\ntorch.distributed.distributed_c10d.P2POp\ntorch.overrides.is_tensor_method_or_property',
  "Unknown type name 'ConvT'": 'torch.nn.utils.fusion.fuse_conv_bn_eval',
  "Unknown type name 'Dataset[_T_co]'": 'torch.utils.data.dataset.Dataset\ntorch.utils.data.distributed.DistributedSampler',
  "Unknown type name 'Device'":
    'torch.cuda.memory.caching_allocator_alloc\ntorch.cuda.memory.get_per_process_memory_fraction\ntorch.cuda.memory.max_memory_allocated\ntorch.cuda.memory.max_memory_cached\ntorch.cuda.memory.max_memory_reserved\ntorch.cuda.memory.mem_get_info\ntorch.cuda.memory.memory_allocated\ntorch.cuda.memory.memory_cached\ntorch.cuda.memory.memory_reserved\ntorch.cuda.memory.memory_stats_as_nested_dict\ntorch.cuda.memory.reset_accumulated_memory_stats\ntorch.cuda.memory.reset_max_memory_allocated\ntorch.cuda.memory.reset_max_memory_cached\ntorch.cuda.memory.reset_peak_memory_stats\ntorch.cuda.memory.set_per_process_memory_fraction',
  "Unknown type name 'FakeQuantizeBase'":
    'torch.ao.quantization.fake_quantize.disable_fake_quant\ntorch.ao.quantization.fake_quantize.disable_observer\ntorch.ao.quantization.fake_quantize.enable_fake_quant\ntorch.ao.quantization.fake_quantize.enable_observer',
  "Unknown type name 'FunctionType'": 'dataclasses._set_qualname',
  "Unknown type name 'GlobalOptimizerPostHook'": 'torch.optim.optimizer.register_optimizer_step_post_hook',
  "Unknown type name 'GlobalOptimizerPreHook'": 'torch.optim.optimizer.register_optimizer_step_pre_hook',
  "Unknown type name 'Iterable'": 'torch.nn.attention._sdpa_kernel',
  "Unknown type name 'LinearT'": 'torch.nn.utils.fusion.fuse_linear_bn_eval',
  "Unknown type name 'MAP_LOCATION'": 'torch.hub._legacy_zip_load',
  "Unknown type name 'Never'": 'typing.assert_never',
  "Unknown type name 'OpOverload'": 'torch.jit._decomposition_utils._register_decomposition',
  "Unknown type name 'Pattern'": 'torch.ao.quantization.fuser_method_mappings.get_fuser_method_new',
  "Unknown type name 'ProcessGroup'":
    'torch.distributed.distributed_c10d._get_process_group_name\ntorch.distributed.distributed_c10d._rank_not_in_group\ntorch.distributed.distributed_c10d.barrier\ntorch.distributed.distributed_c10d.broadcast\ntorch.distributed.distributed_c10d.broadcast_object_list\ntorch.distributed.distributed_c10d.gather\ntorch.distributed.distributed_c10d.gather_object\ntorch.distributed.distributed_c10d.get_backend\ntorch.distributed.distributed_c10d.get_backend_config\ntorch.distributed.distributed_c10d.get_global_rank\ntorch.distributed.distributed_c10d.get_group_rank\ntorch.distributed.distributed_c10d.get_process_group_ranks\ntorch.distributed.distributed_c10d.get_rank\ntorch.distributed.distributed_c10d.get_world_size\ntorch.distributed.distributed_c10d.irecv\ntorch.distributed.distributed_c10d.isend\ntorch.distributed.distributed_c10d.recv\ntorch.distributed.distributed_c10d.recv_object_list\ntorch.distributed.distributed_c10d.reduce\ntorch.distributed.distributed_c10d.scatter\ntorch.distributed.distributed_c10d.scatter_object_list\ntorch.distributed.distributed_c10d.send\ntorch.distributed.distributed_c10d.send_object_list\ntorch.distributed.distributed_c10d.shrink_group',
  "Unknown type name 'PyRRef'": 'torch._jit_internal.is_rref_instance',
  "Unknown type name 'QConfigAny'":
    'torch.ao.quantization.qconfig_mapping.QConfigMapping\ntorch.ao.quantization.qconfig_mapping.get_default_qat_qconfig_mapping\ntorch.ao.quantization.qconfig_mapping.get_default_qconfig_mapping',
  "Unknown type name 'ReduceOp'": 'torch.distributed.distributed_c10d.supports_complex',
  "Unknown type name 'SDPAParams'":
    'torch.backends.cuda.can_use_cudnn_attention\ntorch.backends.cuda.can_use_efficient_attention\ntorch.backends.cuda.can_use_flash_attention\ntorch.nn.attention._raise_kernel_warnings',
  "Unknown type name 'ScalingType'": 'torch.nn.functional.scaled_grouped_mm\ntorch.nn.functional.scaled_mm',
  "Unknown type name 'ScriptModule'": 'torch.jit._freeze.optimize_for_inference',
  "Unknown type name 'T_co'": 'typing.SupportsAbs\ntyping.SupportsRound',
  "Unknown type name 'T_module'":
    'torch.nn.utils.spectral_norm.spectral_norm\ntorch.nn.utils.weight_norm.remove_weight_norm\ntorch.nn.utils.weight_norm.weight_norm',
  "Unknown type name 'TensorListList'": 'torch.utils._foreach_utils._group_tensors_by_device_and_dtype',
  "Unknown type name 'Work'": 'torch.distributed.distributed_c10d._CoalescingManager',
  "Unknown type name 'WorkerInfo'": 'torch.distributed.rpc.api._to_worker_info',
  "Unknown type name '_FanMode'": 'torch.nn.init._calculate_correct_fan\ntorch.nn.init.kaiming_normal_\ntorch.nn.init.kaiming_uniform_',
  "Unknown type name '_M'":
    'torch.nn.utils.memory_format.convert_conv2d_weight_memory_format\ntorch.nn.utils.memory_format.convert_conv3d_weight_memory_format',
  "Unknown type name '_NonlinearityType'": 'torch.nn.init.calculate_gain',
  "Unknown type name '_POOL_HANDLE'": 'torch.cuda.graphs.graph_pool_handle',
  "Unknown type name '_T'": 'torch.jit._script.interface\ntorch.nn.utils.rnn.bind',
  "Unknown type name '_tensor_or_tensors'": 'torch.nn.utils.clip_grad.clip_grad_norm',
  "Unknown type name 'bytes'": 'typing.SupportsBytes',
  "Unknown type name 'collections.abc.Container'": 'torch._jit_internal._isinstance\ntorch.jit.isinstance',
  "Unknown type name 'os.PathLike'":
    'torch.jit._serialization.jit_module_from_flatbuffer\ntorch.jit._serialization.save_jit_module_to_flatbuffer',
  "Unknown type name 'partial'": 'functools._unwrap_partial',
  "Unknown type name 'self.__class__'": 'enum.IntFlag\nre.RegexFlag',
  "Unknown type name 'torch._C.Graph'": 'torch.jit._ir_utils._InsertPoint',
  "Unknown type name 'torch._C._BlasBackend'": 'torch.backends.cuda.blas_workspace_size\ntorch.backends.cuda.preferred_blas_library',
  "Unknown type name 'torch._C._LinalgBackend'": 'torch.backends.cuda.preferred_linalg_library',
  "Unknown type name 'torch._C._ROCmFABackend'": 'torch.backends.cuda.preferred_rocm_fa_library',
  "Unknown type name 'torch._C._distributed_c10d.Backend'": 'torch.distributed.distributed_c10d._create_process_group_wrapper',
  "Unknown type name 'torch._ops.OpOverload'": 'torch.overrides.resolve_name',
  "Unknown type name 'torch.jit.RecursiveScriptModule'": 'torch.ao.quantization.observer.get_observer_state_dict',
  "Unknown type name 'torch.jit.ScriptModule'": 'torch._jit_internal._get_model_id',
  "Unknown type name 'type'":
    'dataclasses.InitVar\ndataclasses.is_dataclass\nenum._is_internal_class\ninspect.getsourcefile\ninspect.isabstract\ninspect.isclass\ninspect.isdatadescriptor\ninspect.ismethoddescriptor\ntorch._jit_internal._is_exception\ntorch.autograd._register_py_tensor_class_for_device\ntorch.package.package_importer._patched_getfile\ntypes.resolve_bases',
  "Unknown type name 'types.AsyncGeneratorType'": 'inspect.isasyncgen',
  "Unknown type name 'types.BuiltinFunctionType'":
    'inspect._signature_from_builtin\ninspect._signature_is_builtin\ninspect.isbuiltin\ninspect.isroutine',
  "Unknown type name 'types.CodeType'": 'inspect.getargs\ninspect.getargvalues\ninspect.iscode',
  "Unknown type name 'types.CoroutineType'": 'inspect.isawaitable\ninspect.iscoroutine',
  "Unknown type name 'types.FrameType'": 'inspect.isframe',
  "Unknown type name 'types.FunctionType'": 'inspect._signature_from_function\ninspect.isfunction',
  "Unknown type name 'types.GeneratorType'": 'inspect.getgeneratorlocals\ninspect.isgenerator',
  "Unknown type name 'types.GetSetDescriptorType'": 'inspect.isgetsetdescriptor',
  "Unknown type name 'types.MemberDescriptorType'": 'inspect.ismemberdescriptor',
  "Unknown type name 'types.MethodType'":
    'inspect._has_code_flag\ninspect.isasyncgenfunction\ninspect.iscoroutinefunction\ninspect.isgeneratorfunction\ninspect.ismethod',
  "Unknown type name 'types.MethodWrapperType'": 'inspect.ismethodwrapper',
  "Unknown type name 'types.ModuleType'": 'inspect.ismodule',
  "Unknown type name 'types.TracebackType'": 'inspect.istraceback',
  'Unsupported annotation collections.abc.Callable[[torch.types.Storage, str], torch.types.Storage] | torch.device | str | dict[str, str] | None could not be resolved because collections.abc.Callable[[torch.types.Storage, str], torch.types.Storage] could not be resolved. At':
    'torch.hub.load_state_dict_from_url',
  'Unsupported annotation collections.abc.Iterable[torch.Tensor] | collections.abc.Iterable[dict[str, typing.Any]] | collections.abc.Iterable[tuple[str, torch.Tensor]] could not be resolved because collections.abc.Iterable[torch.Tensor] could not be resolved. At':
    'torch.optim.asgd.ASGD\ntorch.optim.rmsprop.RMSprop\ntorch.optim.sparse_adam.SparseAdam',
  'Unsupported annotation torch.Tensor | collections.abc.Sequence[torch.Tensor | None] could not be resolved because collections.abc.Sequence[torch.Tensor | None] could not be resolved. At':
    'torch.autograd._tensor_or_tensors_to_tuple',
  'Unsupported annotation typing.Union[torch.Tensor, typing.Iterable[torch.Tensor]] could not be resolved because typing.Iterable[torch.Tensor] could not be resolved. At':
    'torch.nn.utils.clip_grad._get_total_norm',
  'Wrong type for attribute assignment. Expected NoneType but got Device': 'torch.distributed.remote_device._remote_device',
  'Wrong type for attribute assignment. Expected NoneType but got Tuple[Tensor, Tensor]': 'torch._utils._LazySeedTracker',
  "Yield aren't supported":
    'collections._OrderedDictItemsView\ncollections._OrderedDictValuesView\nenum._iter_bits_lsb\nenum.show_flag_values\npathlib._RecursiveWildcardSelector\npathlib._TerminatingSelector\ntorch.autograd.profiler_util.MemRecordsAcc\ntorch.distributed.distributed_c10d._coalescing_manager\ntorch.distributed.distributed_c10d._time_estimator\ntorch.distributed.rpc._utils._group_membership_management\ntorch.random.fork_rng\ntorch.utils.data.sampler.BatchSampler\ntorch.utils.data.sampler.SubsetRandomSampler\ntyping.TypeVarTuple',
  "YieldFrom aren't supported":
    'collections._OrderedDictKeysView\nenum.Flag\ntorch.utils.data.dataset.ChainDataset\ntorch.utils.data.sampler.RandomSampler\ntorch.utils.data.sampler.WeightedRandomSampler',
  "annotated assignments without assigned value aren't supported":
    'torch.cuda.graphs.make_graphed_callables\ntorch.optim.lr_scheduler.CyclicLR\ntorch.optim.lr_scheduler.LambdaLR\ntorch.optim.lr_scheduler.MultiplicativeLR\ntorch.optim.lr_scheduler.OneCycleLR',
  "async function definitions aren't supported": 'contextlib.AsyncContextDecorator',
  'attribute lookup is not defined on builtin': 'argparse.MetavarTypeHelpFormatter\ntorch.utils.checkpoint._detach_helper',
  "attribute lookup is not defined on python value of type 'Pattern'": 'dataclasses._is_type',
  "attribute lookup is not defined on python value of type 'RootLogger'": 'logging.disable\nlogging.getLogger',
  "attribute lookup is not defined on python value of type '_EngineBase'": 'torch.autograd._is_checkpoint_valid',
  "attribute lookup is not defined on python value of type '_World'": 'torch.distributed.distributed_c10d.get_pg_count',
  "attribute lookup is not defined on python value of type 'defaultdict'": 'typing.clear_overloads',
  "attribute lookup is not defined on python value of type 'dict'":
    'copy.copy\ninspect._findclass\nlogging.getLevelName\nlogging.getLevelNamesMapping\nre.purge\ntorch._jit_internal._get_fn_overloads\ntorch.nn.attention.list_flash_attention_impls',
  "attribute lookup is not defined on python value of type 'module'":
    'inspect.currentframe\ntorch._jit_internal.get_class_name_lineno\ntorch.cuda._is_compiled\ntorch.cuda.amp.common.amp_definitely_not_available\ntorch.cuda.get_arch_list\ntorch.cuda.get_gencode_flags\ntorch.cuda.is_available\ntorch.distributed.is_available\ntorch.distributed.rpc.is_available',
  "attribute lookup is not defined on python value of type 'type'": 'inspect._static_getmro',
  'builtin cannot be used as a value': 'torch.overrides.is_tensor_like',
  'cannot call a EnumClass':
    'enum.EnumCheck\nenum.FlagBoundary\ntorch.ao.quantization.observer.MappingType\ntorch.ao.quantization.observer.TorchAODType\ntorch.ao.quantization.observer.ZeroPointDomain\ntorch.ao.quantization.quant_type.QuantType\ntorch.distributed.rpc.internal.RPCExecMode\ntorch.profiler.profiler.ProfilerAction\ntorch.utils.checkpoint.CheckpointPolicy',
  'cannot statically infer the expected size of a list in this context': 'torch.distributed.distributed_c10d.all_reduce_coalesced',
  "class definitions aren't supported":
    'torch._jit_internal.createResolutionCallbackFromClosure\ntorch._jit_internal.createResolutionCallbackFromFrame\ntorch.utils.checkpoint._get_debug_context_and_cb',
  "else branches of for loops aren't supported":
    'functools._c3_mro\ntorch.distributed.rpc.init_rpc\ntorch.hub.download_url_to_file\ntorch.nn.utils.spectral_norm.remove_spectral_norm',
  "expected type comment but found 'ident' here":
    'torch._jit_internal._create_named_tuple\ntorch._jit_internal.export\ntorch.utils.data.dataset.random_split',
  "expected type comment but found 'return' here":
    'torch.distributed.distributed_c10d.monitored_barrier\ntorch.jit._script.RecursiveScriptClass',
  "function definitions aren't supported":
    'argparse.ArgumentParser\ncontextlib.ContextDecorator\ncontextlib.asynccontextmanager\ncontextlib.contextmanager\ndataclasses._recursive_repr\nenum._make_class_unpicklable\nfunctools._compose_mro\nfunctools._find_impl\nfunctools.singledispatchmethod\ninspect.formatannotation\ninspect.formatannotationrelativeto\ninspect.formatargvalues\nre._expand\nre._subx\nreprlib.recursive_repr\ntorch._higher_order_ops.while_loop.while_loop\ntorch._jit_internal._disable_emit_hooks_decorator\ntorch._jit_internal.boolean_dispatch\ntorch._jit_internal.createResolutionCallbackFromEnv\ntorch._jit_internal.is_optional\ntorch._utils._dummy_type\ntorch.amp.autocast_mode.custom_bwd\ntorch.cond\ntorch.cuda._parse_visible_devices\ntorch.cuda._register_triton_kernels\ntorch.cuda._set_rng_state_offset\ntorch.cuda._transform_uuid_to_ordinals\ntorch.cuda.memory.host_memory_stats\ntorch.cuda.memory.memory_stats\ntorch.cuda.memory.memory_summary\ntorch.cuda.random.manual_seed\ntorch.cuda.random.manual_seed_all\ntorch.cuda.random.seed\ntorch.cuda.random.seed_all\ntorch.cuda.random.set_rng_state\ntorch.distributed.distributed_c10d.batch_isend_irecv\ntorch.distributed.rpc.api._require_initialized\ntorch.distributed.rpc.api.method_factory\ntorch.jit._trace._script_if_tracing\ntorch.jit.script_if_tracing\ntorch.nn.init._make_deprecate\ntorch.nn.init._no_grad_trunc_normal_\ntorch.nn.init.trunc_normal_\ntorch.nn.modules.utils._ntuple\ntorch.optim.lbfgs.LBFGS\ntorch.optim.lr_scheduler.LRScheduler\ntorch.optim.lr_scheduler._enable_get_lr_call\ntorch.optim.lr_scheduler._format_param\ntorch.optim.lr_scheduler._initial_mode\ntorch.optim.lr_scheduler._warn_get_lr_called_within_step\ntorch.optim.optimizer._disable_dynamo_if_unsupported\ntorch.optim.optimizer._use_grad_for_differentiable\ntorch.optim.radam._single_tensor_radam\ntorch.overrides._disable_user_warnings\ntorch.overrides.wrap_torch_function\ntorch.profiler.profiler.ExecutionTraceObserver\ntorch.sparse.as_sparse_gradcheck\ntorch.sparse.check_sparse_tensor_invariants\ntorch.utils._typing_utils.copy_method_params\ntorch.utils.checkpoint._checkpoint_hook\ntorch.utils.checkpoint._recomputation_hook\ntorch.utils.checkpoint.create_selective_checkpoint_contexts\ntorch.utils.data.datapipes._decorator.argument_validation\ntorch.utils.data.datapipes._decorator.runtime_validation\ntorch.utils.swap_tensors\ntypes._cell_factory\ntyping.no_type_check_decorator',
  "getattr's second argument must be a string literal":
    'argparse._ExtendAction\ncontextlib._RedirectStream\ndataclasses._get_field\ntorch.nn.attention._backend_from_string',
  "global variables aren't supported":
    'logging.captureWarnings\nlogging.setLogRecordFactory\nlogging.setLoggerClass\ntorch._jit_internal._overload\ntorch.autograd.profiler._maybe_cupti_monitor\ntorch.autograd.profiler._run_on_profiler_start\ntorch.autograd.profiler._run_on_profiler_stop\ntorch.autograd.profiler._set_is_profiler_enabled\ntorch.autograd.profiler.emit_itt\ntorch.cpu.StreamContext\ntorch.cuda._get_amdsmi_device_index_from_hip_index\ntorch.cuda._get_generator\ntorch.cuda._get_rng_state_offset\ntorch.cuda._host_arch_key\ntorch.cuda._lazy_init\ntorch.cuda.can_device_access_peer\ntorch.cuda.cudart\ntorch.cuda.current_blas_handle\ntorch.cuda.current_device\ntorch.cuda.current_solver_handle\ntorch.cuda.device_count\ntorch.cuda.get_sync_debug_mode\ntorch.cuda.init\ntorch.cuda.ipc_collect\ntorch.cuda.random.get_rng_state\ntorch.cuda.random.get_rng_state_all\ntorch.cuda.random.initial_seed\ntorch.cuda.set_sync_debug_mode\ntorch.cuda.synchronize\ntorch.distributed.distributed_c10d.destroy_process_group\ntorch.distributed.distributed_c10d.init_process_group\ntorch.distributed.distributed_c10d.split_group\ntorch.distributed.rendezvous.register_rendezvous_handler\ntorch.distributed.rpc.api._init_rpc_states\ntorch.distributed.rpc.api._use_rpc_pickler\ntorch.hub.set_dir\ntorch.nn.attention.activate_flash_attention_impl\ntorch.nn.attention.register_flash_attention_impl\ntorch.nn.attention.restore_flash_attention_impl\ntorch.utils._python_dispatch.TorchDispatchMode\ntorch.utils.backend_registration.rename_privateuse1_backend\ntorch.utils.checkpoint.set_checkpoint_debug_enabled\ntorch.utils.checkpoint.set_checkpoint_early_stop\ntorch.utils.data.datapipes._decorator.guaranteed_datapipes_determinism\ntorch.utils.data.datapipes._decorator.runtime_validation_disabled',
  "hasattr's first argument must be an object or NamedTuple, got Dict[str, Any] instead":
    'torch.nn.modules.utils.consume_prefix_in_state_dict_if_present',
  "hasattr's first argument must be an object or NamedTuple, got Tensor (inferred) instead":
    'enum._is_descriptor\ninspect.getcoroutinelocals\npathlib._ignore_error\ntorch._jit_internal._get_overloaded_methods\ntorch._jit_internal._qualified_name\ntorch.ao.quantization.quantize.swap_module\ntyping.get_overloads\ntyping.get_type_hints',
  "hasattr's second argument must be a string literal":
    'dataclasses._asdict_inner\ndataclasses._astuple_inner\ndataclasses._is_dataclass_instance\ntorch.distributed.distributed_c10d.Backend\ntorch.distributed.distributed_c10d.get_default_backend_for_device',
  "import statements aren't supported":
    'argparse.HelpFormatter\nargparse._copy_items\nenum._EnumDict\nfunctools.singledispatch\ninspect._main\nlogging.Logger\nlogging.RootLogger\nlogging.getLoggerClass\nrandom._test\nrandom._test_generator\nre.Scanner\nre.template\ntorch._import_device_backends\ntorch.autograd._calculate_shape\ntorch.autograd._make_grads\ntorch.autograd.profiler.load_nvprof\ntorch.autograd.profiler.parse_nvprof_trace\ntorch.backends.cuda.sdp_kernel\ntorch.cuda._compile_kernel\ntorch.cuda._get_pynvml_handler\ntorch.cuda._raw_device_count_nvml\ntorch.cuda._raw_device_uuid_amdsmi\ntorch.cuda._raw_device_uuid_nvml\ntorch.cuda.graphs.graph\ntorch.cuda.memory.CUDAPluggableAllocator\ntorch.cuda.memory._use_uvm\ntorch.distributed._is_spmd_types_available\ntorch.distributed._make_distributed_pdb\ntorch.distributed.rpc._utils._update_group_membership\ntorch.hub._check_module_exists\ntorch.hub._import_module\ntorch.jit._trace.trace\ntorch.nested.as_nested_tensor\ntorch.nested.masked_select\ntorch.nested.narrow\ntorch.nested.nested_tensor_from_jagged\ntorch.profiler.profiler.tensorboard_trace_handler\ntorch.random._manual_seed_impl\ntorch.utils.checkpoint._sac_storage_key\ntypes.coroutine\nwarnings._getcategory\nwarnings._setoption\nwarnings._warn_unawaited_coroutine\nwarnings.filterwarnings',
  'keyword-arg expansion is not supported':
    'contextlib._GeneratorContextManagerBase\ntorch._TorchCompileWrapper\ntorch.distributed.rpc.api._invoke_rpc\ntorch.distributed.rpc.api.remote\ntorch.jit._trace._get_trace_graph\ntorch.nested._internal.nested_tensor._rebuild_njt\ntorch.overrides.BaseTorchFunctionMode\ntorch.testing._internal.logging_tensor.LoggingTensorMode\ntorch.utils.checkpoint._CachedTorchDispatchMode\ntorch.utils.checkpoint._CachingTorchDispatchMode\ntorch.utils.data.datapipes.datapipe.IterDataPipe\ntorch.utils.data.datapipes.datapipe.MapDataPipe\ntypes.new_class\ntypes.prepare_class',
  'list index out of range': 'random.Random',
  'module, class, method, function, traceback, frame, or code object was expected, got builtin_function_or_method':
    'torch._sources.fake_range',
  name: 'enum.Enum',
  'object has no attribute _cuda_cudaCachingAllocator_raw_delete': 'torch.cuda.memory.caching_allocator_delete',
  'object has no attribute _cuda_getAllocatorBackend': 'torch.cuda.memory.get_allocator_backend',
  'object has no attribute _cuda_memorySnapshot': 'torch.cuda.memory.memory_snapshot',
  'object has no attribute _cuda_resetAccumulatedHostMemoryStats': 'torch.cuda.memory.reset_accumulated_host_memory_stats',
  'object has no attribute _cuda_resetPeakHostMemoryStats': 'torch.cuda.memory.reset_peak_host_memory_stats',
  'object has no attribute _cuda_setCublasLtWorkspaceSize': 'torch.backends.cuda.cublaslt_workspace_size',
  'object has no attribute _cuda_setCublasWorkspaceSize': 'torch.backends.cuda.cublas_workspace_size',
  'object has no attribute _cuda_setStream': 'torch.cuda._set_stream_by_id',
  'object has no attribute _cuda_sleep': 'torch.cuda._sleep',
  "python value of type 'NotImplementedType' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'typing.ParamSpecArgs\ntyping.ParamSpecKwargs',
  "python value of type 'RLock' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'logging._acquireLock\nlogging._releaseLock\ntorch.distributed.rpc.api._broadcast_to_followers\ntorch.distributed.rpc.api._gather_to_leader',
  "python value of type 'Stream' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch.cpu.current_stream',
  "python value of type 'WeakSet' cannot be used as an iterable": 'logging._after_at_fork_child_reinit_locks',
  "python value of type '_BufferMeta' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch.nn.parameter._BufferMeta',
  "python value of type '_Environ' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch.distributed.distributed_c10d.get_node_local_rank',
  "python value of type '_ParameterMeta' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch.nn.parameter._ParameterMeta',
  "python value of type '_SpecialGenericAlias' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch._jit_internal.is_dict\ntorch._jit_internal.is_list',
  "python value of type '_TupleType' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch._jit_internal.is_tuple',
  "python value of type 'bool' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch.cuda.is_initialized\ntorch.cuda.memory.caching_allocator_enable\ntorch.cuda.memory.empty_cache\ntorch.cuda.memory.host_memory_stats_as_nested_dict\ntorch.distributed.distributed_c10d.is_gloo_available\ntorch.distributed.distributed_c10d.is_mpi_available\ntorch.distributed.distributed_c10d.is_nccl_available\ntorch.distributed.distributed_c10d.is_ucc_available\ntorch.distributed.distributed_c10d.is_xccl_available\ntorch.utils.checkpoint._is_compiling',
  "python value of type 'dict' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch._TritonLibrary\ntorch._jit_internal._clear_fn_overloads\ntorch.ao.quantization.quantize.get_default_custom_config_dict\ntorch.cuda._code_compatible_with_device',
  "python value of type 'int' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch.autograd.profiler.KinetoStepTracker',
  "python value of type 'list' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'warnings.resetwarnings',
  "python value of type 'module' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch.nn.functional._is_integer',
  "python value of type 'str' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'argparse._AppendAction\nargparse._StoreAction\ntorch.autograd.profiler_util._filter_name',
  "python value of type 'type' cannot be used as a value. Perhaps it is a closed over global variable? If so, please consider passing it in as an argument or use a local variable instead.":
    'torch._as_tensor_fullprec',
  'rpc_async(dst_worker_name, user_callable, args, kwargs)does not support kwargs yet': 'torch.distributed.rpc.api._rref_typeof_on_user',
  'sequence item 0: expected str instance, NoneType found':
    'torch.distributed.device_mesh.DeviceMesh\ntorch.optim.Adafactor\ntorch.optim.adam.Adam\ntorch.optim.adamw.AdamW\ntorch.optim.lr_scheduler.ConstantLR\ntorch.optim.lr_scheduler.CosineAnnealingLR\ntorch.optim.lr_scheduler.CosineAnnealingWarmRestarts\ntorch.optim.lr_scheduler.ExponentialLR\ntorch.optim.lr_scheduler.LinearLR\ntorch.optim.lr_scheduler.MultiStepLR\ntorch.optim.lr_scheduler.PolynomialLR\ntorch.optim.lr_scheduler.StepLR\ntorch.optim.lr_scheduler._param_groups_val_list\ntorch.optim.optimizer.Optimizer\ntorch.profiler._optimizer_post_hook',
  "try blocks aren't supported":
    'argparse.Action\nargparse.FileType\nargparse._ActionsContainer\nargparse._SubParsersAction\ncollections.ChainMap\ncontextlib._GeneratorContextManager\ncopy._deepcopy_tuple\ncopy._keep_alive\ndataclasses._dataclass_getstate\ndataclasses._dataclass_setstate\ndataclasses.fields\nenum._proto_member\nenum.property\nfunctools.update_wrapper\nfunctools.wraps\ngettext.gettext\ngettext.ngettext\ninspect.BoundArguments\ninspect._check_class\ninspect._check_instance\ninspect._finddoc\ninspect._getmembers\ninspect._is_type\ninspect._shadowed_dict\ninspect._signature_fromstr\ninspect._signature_get_partial\ninspect._signature_get_user_defined_method\ninspect.cleandoc\ninspect.findsource\ninspect.getattr_static\ninspect.getblock\ninspect.getclosurevars\ninspect.getcomments\ninspect.getdoc\ninspect.getframeinfo\ninspect.getfullargspec\ninspect.getinnerframes\ninspect.getmembers\ninspect.getmembers_static\ninspect.getmodule\ninspect.getouterframes\ninspect.stack\ninspect.trace\nlogging.FileHandler\nlogging.Handler\nlogging.Manager\nlogging.NullHandler\nlogging._StderrHandler\nlogging._addHandlerRef\nlogging._register_at_fork_reinit_lock\nlogging._removeHandlerRef\nlogging.addLevelName\nlogging.shutdown\npathlib.PosixPath\npathlib.PurePath\npathlib.PurePosixPath\npathlib.PureWindowsPath\npathlib.WindowsPath\npathlib._PosixFlavour\npathlib._PreciseSelector\npathlib._WildcardSelector\nre._compile\nre._pickle\nre.compile\nre.findall\nre.finditer\nre.fullmatch\nre.match\nre.search\nre.split\nre.sub\nre.subn\ntorch._jit_internal._check_overload_body\ntorch._jit_internal._disable_emit_hooks\ntorch._jit_internal._overload_method\ntorch._jit_internal.get_callable_argument_names\ntorch._jit_internal.get_overload_no_implementation_error_message\ntorch._jit_internal.get_static_fn\ntorch._jit_internal.get_type_hint_captures\ntorch._jit_internal.is_static_fn\ntorch._sources.get_source_lines_and_file\ntorch._sources.parse_def\ntorch.ao.quantization.qconfig.qconfig_equals\ntorch.ao.quantization.quantize_jit.script_qconfig\ntorch.cuda._device_count_amdsmi\ntorch.cuda._device_count_nvml\ntorch.cuda._get_amdsmi_clock_rate\ntorch.cuda._get_amdsmi_device_memory_used\ntorch.cuda._get_amdsmi_handler\ntorch.cuda._get_amdsmi_memory_usage\ntorch.cuda._get_amdsmi_power_draw\ntorch.cuda._get_amdsmi_temperature\ntorch.cuda._get_amdsmi_utilization\ntorch.cuda._raw_device_count_amdsmi\ntorch.cuda.graphs.CUDAGraph\ntorch.cuda.memory.caching_allocator_disabled\ntorch.cuda.memory.list_gpu_processes\ntorch.cuda.memory.use_mem_pool\ntorch.distributed.breakpoint\ntorch.distributed.distributed_c10d.BackendConfig\ntorch.distributed.distributed_c10d.is_backend_available\ntorch.distributed.distributed_c10d.record_comm\ntorch.distributed.rpc.api._barrier\ntorch.distributed.rpc.api._finalize_shutdown\ntorch.distributed.rpc.api._wait_all\ntorch.distributed.rpc.api._wait_all_workers\ntorch.distributed.rpc.api.shutdown\ntorch.hub._add_to_sys_path\ntorch.hub._get_cache_or_reload\ntorch.hub._is_legacy_zip_format\ntorch.hub._parse_repo_info\ntorch.hub._validate_not_a_forked_repo\ntorch.hub.help\ntorch.jit._fuser.fuser\ntorch.jit._fuser.optimized_execution\ntorch.jit._hide_source_ranges\ntorch.jit._script.script\ntorch.jit._trace.trace_module\ntorch.nn.attention.sdpa_kernel\ntorch.optim.swap_in_optimizer_params_and_state\ntorch.overrides._enable_torch_function\ntorch.overrides._pop_mode_temporarily\ntorch.overrides.enable_reentrant_dispatch\ntorch.testing._internal.logging_tensor.capture_logs\ntorch.utils.data._utils.collate.default_convert\ntyping.final\ntyping.no_type_check\ntyping_extensions.override\nwarnings._formatwarnmsg\nwarnings._formatwarnmsg_impl\nwarnings._processoptions\nwarnings._showwarnmsg\nwarnings._showwarnmsg_impl',
  'undefined value _FLASH_ATTENTION_ACTIVE': 'torch.nn.attention.current_flash_attention_impl',
  'undefined value _cudart': 'torch.cuda.check_error',
  'undefined value _rank_not_in_group': 'torch.distributed.distributed_c10d.all_gather_object',
  'undefined value _rref_context_get_debug_info': 'torch.distributed.rpc._get_debug_info',
  'undefined value _use_torchcomms_enabled':
    'torch.distributed.distributed_c10d.new_group\ntorch.distributed.distributed_c10d.new_subgroups_by_enumeration',
  'undefined value _warnings_showwarning': 'logging._showwarning',
  'undefined value all_gather_single':
    'torch.distributed.distributed_c10d._all_gather_base\ntorch.distributed.distributed_c10d.all_gather_into_tensor',
  'undefined value has_torch_function':
    'torch.distributed.distributed_c10d.all_gather\ntorch.distributed.distributed_c10d.all_gather_coalesced\ntorch.distributed.distributed_c10d.all_gather_single\ntorch.distributed.distributed_c10d.all_reduce\ntorch.distributed.distributed_c10d.all_to_all\ntorch.distributed.distributed_c10d.all_to_all_single\ntorch.distributed.distributed_c10d.reduce_scatter\ntorch.distributed.distributed_c10d.reduce_scatter_single',
  'undefined value has_torch_function_unary': 'torch.nn.parameter.UninitializedBuffer\ntorch.nn.parameter.UninitializedParameter',
  'undefined value reduce_scatter_single':
    'torch.distributed.distributed_c10d._reduce_scatter_base\ntorch.distributed.distributed_c10d.reduce_scatter_tensor',
  'undefined value torch':
    'torch.ao.quantization.qconfig.get_default_qat_qconfig_dict\ntorch.ao.quantization.qconfig.get_default_qconfig_dict\ntorch.ao.quantization.quantize.convert\ntorch.ao.quantization.quantize.prepare\ntorch.ao.quantization.quantize.prepare_qat\ntorch.ao.quantization.quantize.quantize\ntorch.ao.quantization.quantize.quantize_dynamic\ntorch.ao.quantization.quantize.quantize_qat\ntorch.cuda.amp.autocast_mode.custom_bwd',
  'undefined value val': 'typing.assert_type',
}
