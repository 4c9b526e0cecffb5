"""Runs Python handlers: polls the Runtime API over one connection, calls the handler, sends its answer.

What handlers, callers and logs see is what AWS's own runtime interface client (awslambdaric) shows. Everything a
trivial handler does not need is imported when it is first used: starts must be quick. Works with Python 3.8 and newer.
"""
import _socket
import os
import sys
import time

_API = "/2018-06-01/runtime/"
_NEXT_HEAD = "GET " + _API + "invocation/next HTTP/1.1\r\nHost: runtime\r\n"
_NEXT = (_NEXT_HEAD + "\r\n").encode()
_JSON_LOGS = False
# AWS changed what leaves a function with Python 3.12: characters as they are instead of escaped.
_ENSURE_ASCII = sys.version_info < (3, 12)

_WARNING = (
    "LAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. "
    "However, in rare cases, a Lambda runtime update can cause unexpected function behavior. "
    "For functions using managed runtimes, runtime updates can be triggered by a function change, or can be applied "
    "automatically. To determine if the runtime has been updated, check the runtime version in the INIT_START log "
    "entry. If this error correlates with a change in the runtime version, you may be able to mitigate this error by "
    "temporarily rolling back to the previous runtime version. For more information, see "
    "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r"
)

_request_id = ""
# The clock that Hearth measures with.
_now = time.monotonic_ns


class Fault(Exception):
    """An error that has a name of AWS's own."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.error_type = error_type
        self.message = message
        self.trace = trace


# ---- the connection ------------------------------------------------------------------------------------------------


class RuntimeConnection:
    """A keep-alive connection to the Runtime API."""

    def __init__(self, address):
        if address.startswith("/"):
            self._socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
            self._socket.settimeout(None)
            self._socket.connect(address)
            self._received = b""
            return
        host, _, port = address.rpartition(":")
        # Not the module socket: it takes longer to import than the rest of this file.
        self._socket = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        self._socket.settimeout(None)
        self._socket.connect((host, int(port)))
        self._socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        self._received = b""

    def send(self, data):
        self._socket.sendall(data)

    def close(self):
        self._socket.close()

    def read(self):
        """Reads one response: status, headers with lower-case names, body."""
        received = self._received
        while True:
            end = received.find(b"\r\n\r\n")
            if end >= 0:
                break
            received += self._more()
        lines = received[:end].decode("utf-8", "replace").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        start = end + 4
        length = int(headers.get("content-length", "0"))
        if len(received) - start < length:
            received = self._rest(received, start + length)
        body = received[start : start + length]
        self._received = received[start + length :]
        return int(lines[0][9:12]), headers, body

    def _more(self):
        data = self._socket.recv(65536)
        if not data:
            # Hearth has gone, and this sandbox with it: nobody is left to tell.
            os._exit(1)
        return data

    def _rest(self, received, length):
        whole = bytearray(length)
        whole[: len(received)] = received
        view = memoryview(whole)
        filled = len(received)
        while filled < length:
            count = self._socket.recv_into(view[filled:])
            if count == 0:
                os._exit(1)
            filled += count
        return bytes(whole)


def _post(path, body, content_type, error_type=None, times=None):
    head = "POST %s%s HTTP/1.1\r\nHost: runtime\r\nContent-Type: %s\r\nContent-Length: %d\r\n" % (
        _API,
        path,
        content_type,
        len(body),
    )
    if error_type is not None:
        head += "Lambda-Runtime-Function-Error-Type: " + error_type.encode("ascii", "replace").decode() + "\r\n"
    if times is not None:
        head += "Hearth-Handler-Start: %d\r\nHearth-Handler-End: %d\r\n" % times
    return (head + "\r\n").encode() + body


# ---- JSON ----------------------------------------------------------------------------------------------------------


class _NeedsSlowEncoder(Exception):
    pass


def _default(value):
    if isinstance(value, bytes):
        return value.decode("utf-8")
    decimal = sys.modules.get("decimal")
    if decimal is not None and isinstance(value, decimal.Decimal):
        raise _NeedsSlowEncoder
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def _encode(value):
    """As json does it. Without that module as long as nobody else uses it: importing it is a quarter of a start."""
    if "json" not in sys.modules:
        try:
            return _encode_in_c(value)
        except Exception:
            pass  # json tells what is wrong
    _use_json()
    return _encode(value)


def _encode_in_c(value):
    import _json

    text = _json.encode_basestring_ascii if _ENSURE_ASCII else _json.encode_basestring
    if isinstance(value, str):
        return text(value)
    return "".join(_json.make_encoder({}, _default, text, None, ": ", ", ", False, False, True)(value, 0))


def _decode(body):
    """As json does it, without that module where the event is plain JSON in UTF-8 and nobody else uses json."""
    if "json" not in sys.modules:
        try:
            return _decode_in_c(body)
        except Exception:
            pass  # json tells what is wrong, or knows the encoding
    _use_json()
    return _decode(body)


def _decode_in_c(body):
    import _json

    text = body.decode("utf-8")
    start = len(text) - len(text.lstrip(_BLANKS))
    value, end = _json.make_scanner(_Decoder)(text, start)
    if text[end:].strip(_BLANKS):
        raise ValueError
    return value


_BLANKS = " \t\n\r"


class _Decoder:
    """What json.decoder.JSONDecoder tells the scanner."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = {"-Infinity": float("-inf"), "Infinity": float("inf"), "NaN": float("nan")}.__getitem__
    memo = {}


def _use_json():
    global _encode, _decode
    import json

    _encode = json.JSONEncoder(ensure_ascii=_ENSURE_ASCII, default=_default).encode
    _decode = json.loads


_tuple_classes = 0
_named_tuples = False


def _may_have_named_tuples():
    """Whether a class of named tuples exists that is not Python's own; looks only when classes came or went."""
    global _tuple_classes, _named_tuples
    classes = tuple.__subclasses__()
    if len(classes) != _tuple_classes:
        _tuple_classes = len(classes)
        _named_tuples = any(hasattr(c, "_asdict") for c in classes)
    return _named_tuples


def to_json(value):
    """Encodes as AWS's client does: named tuples are objects, bytes are text, Decimals are numbers."""
    if _may_have_named_tuples():
        value = _without_named_tuples(value, 0)
    try:
        return _encode(value)
    except _NeedsSlowEncoder:
        return _encode_with_decimals(value)


def _without_named_tuples(value, depth):
    if depth > 500:
        return value  # so deep that the encoder will complain of it, in its own words
    kind = type(value)
    if kind in (str, int, float, bool, type(None)):
        return value
    if isinstance(value, dict):
        return {k: _without_named_tuples(v, depth + 1) for k, v in value.items()}
    if isinstance(value, tuple) and callable(getattr(value, "_asdict", None)):
        return _without_named_tuples(value._asdict(), depth + 1)
    if isinstance(value, (list, tuple)):
        return [_without_named_tuples(v, depth + 1) for v in value]
    return value


def _encode_with_decimals(value):
    from decimal import Decimal
    from json import encoder

    class Text(float):
        """A number that is written as the text it carries."""

    def default(item):
        if isinstance(item, Decimal):
            text = Text(0)
            text.text = "NaN" if item.is_nan() else str(item)
            return text
        return _default(item)

    def number(item):
        if type(item) is Text:
            return item.text
        if item != item:
            return "NaN"
        if item in (float("inf"), float("-inf")):
            return "Infinity" if item > 0 else "-Infinity"
        return float.__repr__(item)

    text = encoder.encode_basestring_ascii if _ENSURE_ASCII else encoder.encode_basestring
    chunks = encoder._make_iterencode({}, default, text, None, number, ": ", ", ", False, False, False)
    return "".join(chunks(value, 0))


# ---- errors --------------------------------------------------------------------------------------------------------


def _error(message, error_type, trace, request_id):
    return {
        "errorMessage": message or "",
        "errorType": error_type or "",
        "requestId": request_id,
        "stackTrace": trace or [],
    }


def _fault_error(fault, request_id):
    return _error(fault.message, fault.error_type, fault.trace, request_id)


def _exception_error(request_id):
    import traceback

    kind, value, tb = sys.exc_info()
    frames = traceback.extract_tb(tb)
    own = 0
    while own < len(frames) - 1 and frames[own].filename == __file__:
        own += 1
    lines = traceback.format_list([(f.filename, f.lineno, f.name, f.line) for f in frames[own:]])
    return _error(str(value), kind.__name__, lines, request_id)


def _log_error(error):
    if _JSON_LOGS:
        line = {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "level": "ERROR"}
        line.update(error)
        _write_log(to_json(line) + "\n")
        return
    title = "[ERROR]"
    if error["errorType"]:
        title += " " + error["errorType"] + (":" if error["errorMessage"] else "")
    if error["errorMessage"]:
        title += " " + error["errorMessage"]
    lines = [title, "Traceback (most recent call last):"]
    for element in error["stackTrace"]:
        for line in element.splitlines() or [""]:
            text = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(text)) + text)
    _write_log("\r".join(lines).replace("\n", "\r") + "\n")


# ---- logs ----------------------------------------------------------------------------------------------------------


def _write_log(text):
    sys.stdout.write(text)


def _set_up_streams():
    """Lines leave at once and in order, parts of lines at the latest with the answer."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)


class _LoggingHook:
    """Prepares the module logging when it is first imported: most of what a trivial handler's start would take."""

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec(name)
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            _set_up_logging(module)

        spec.loader.exec_module = exec_module
        return spec


def _prepare_logging():
    if "logging" in sys.modules:
        _set_up_logging(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, _LoggingHook())


def _set_up_logging(logging):
    class Handler(logging.Handler):
        def emit(self, record):
            try:
                # One log event per record: AWS keeps its lines together, too.
                _write_log(self.format(record).rstrip("\n").replace("\n", "\r") + "\n")
            except Exception:
                self.handleError(record)

    class RequestId(logging.Filter):
        def filter(self, record):
            record.aws_request_id = _request_id
            record.tenant_id = None
            return True

    logging.Formatter.converter = time.gmtime
    handler = Handler()
    if _JSON_LOGS:
        handler.setFormatter(_json_formatter(logging))
    else:
        handler.setFormatter(
            logging.Formatter(
                "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"
            )
        )
    handler.addFilter(RequestId())
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
    level = "DEBUG" if level == "TRACE" else level
    if level in logging._nameToLevel:
        logging.getLogger().setLevel(level)
    logging.getLogger().addHandler(handler)


def _json_formatter(logging):
    import json

    reserved = set(vars(logging.makeLogRecord({}))) | {"aws_request_id", "tenant_id", "exc_text", "stack_info"}
    encode = json.JSONEncoder(ensure_ascii=False, default=str).encode

    class JsonFormatter(logging.Formatter):
        def __init__(self):
            super().__init__(datefmt="%Y-%m-%dT%H:%M:%SZ")

        def format(self, record):
            level = min(50, max(0, record.levelno)) // 10 * 10
            result = {
                "timestamp": self.formatTime(record, self.datefmt),
                "level": logging.getLevelName(level),
                "message": record.msg if isinstance(record.msg, dict) and not record.args else record.getMessage(),
                "logger": record.name,
            }
            if record.exc_info:
                import traceback

                result["stackTrace"] = traceback.format_tb(record.exc_info[2])
                result["errorType"] = record.exc_info[0].__name__
                result["errorMessage"] = str(record.exc_info[1])
            result["requestId"] = record.aws_request_id
            if record.exc_info:
                result["location"] = "%s:%s:%s" % (record.pathname, record.funcName, record.lineno)
            for key, value in record.__dict__.items():
                if key not in reserved and key not in result:
                    result[key] = value
            return encode({k: v for k, v in result.items() if v is not None})

    return JsonFormatter()


# ---- the context object --------------------------------------------------------------------------------------------


class CognitoIdentity:
    __slots__ = ["cognito_identity_id", "cognito_identity_pool_id"]

    def __repr__(self):
        return _describe(self)


class Client:
    __slots__ = ["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"]

    def __repr__(self):
        return _describe(self)


class ClientContext:
    __slots__ = ["custom", "env", "client"]

    def __repr__(self):
        return _describe(self)


def _describe(value):
    fields = ",".join("%s=%s" % (name, getattr(value, name)) for name in value.__slots__)
    return "%s([%s])" % (type(value).__name__, fields)


def _fill(value, fields):
    for name in value.__slots__:
        setattr(value, name, fields.get(name))
    return value


class LambdaContext:
    """What handlers get as their second argument."""

    def __init__(self, headers):
        environ = os.environ
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = None
        self._epoch_deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms") or 0)
        self.client_context = None
        client = _json_header(headers, "lambda-runtime-client-context", "Client Context")
        if client is not None:
            self.client_context = _fill(ClientContext(), client)
            if self.client_context.client is not None:
                self.client_context.client = _fill(Client(), self.client_context.client)
        self.identity = _fill(CognitoIdentity(), {})
        cognito = _json_header(headers, "lambda-runtime-cognito-identity", "Cognito Identity")
        if cognito is not None:
            self.identity.cognito_identity_id = cognito.get("cognitoIdentityId")
            self.identity.cognito_identity_pool_id = cognito.get("cognitoIdentityPoolId")

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, message):
        _write_log(str(message))

    def __repr__(self):
        names = ["aws_request_id", "log_group_name", "log_stream_name", "function_name", "memory_limit_in_mb"]
        names += ["function_version", "invoked_function_arn", "client_context", "identity", "tenant_id"]
        return "LambdaContext([%s])" % ",".join("%s=%s" % (name, getattr(self, name)) for name in names)


def _json_header(headers, header, name):
    value = headers.get(header)
    if not value:
        return None
    try:
        return _decode(value.encode())
    except Exception as e:
        raise Fault("Runtime.LambdaContextUnmarshalError", "Unable to parse %s JSON: %s" % (name, e))


# ---- hooks ---------------------------------------------------------------------------------------------------------

_told_of_hooks = False


def _registry():
    """AWS's module of hooks, the function's own copy where it brings one; None where the function has no use of it."""
    return sys.modules.get("snapshot_restore_py")


def _tell_of_hooks():
    """The header that tells of hooks, once there are any."""
    global _told_of_hooks
    registry = _registry()
    if registry is None or not (registry.get_before_snapshot() or registry.get_after_restore()):
        return ""
    _told_of_hooks = True
    return "Hearth-Hooks: 1\r\n"


def _ask(init_times=""):
    """The request for the next event."""
    if not _told_of_hooks and "snapshot_restore_py" in sys.modules:
        init_times += _tell_of_hooks()
    return (_NEXT_HEAD + init_times + "\r\n").encode() if init_times else _NEXT


def _run_before_snapshot():
    registered = _registry().get_before_snapshot()
    while registered:
        func, args, kwargs = registered.pop()
        func(*args, **kwargs)


def _run_after_restore():
    for func, args, kwargs in _registry().get_after_restore():
        func(*args, **kwargs)


def _call_hooks(hook, headers):
    """Runs the hooks of one kind, as AWS's client does; the request that carries the outcome."""
    path = "invocation/" + headers.get("lambda-runtime-aws-request-id", "")
    before = hook == "before-park"
    try:
        if before:
            _run_before_snapshot()
        else:
            _run_after_restore()
        return _post(path + "/response", b"", "application/json")
    except BaseException:  # the end of the process, too, would be an error
        error = _exception_error("")
    return _post_error(path, error, "Runtime.BeforeSnapshotError" if before else "Runtime.AfterRestoreError")


# ---- the handler ---------------------------------------------------------------------------------------------------


def _load_handler(handler):
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as e:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (handler, e))
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name
        )
    import importlib

    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as e:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, e))
    except SyntaxError as e:
        raise Fault(
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module '%s': %s" % (module_name, e),
            ['  File "%s" Line %s\n    %s' % (e.filename, e.lineno, e.text)],
        )
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault(
            "Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name)
        )


def _initialise(connection):
    try:
        return _load_handler(os.environ.get("_HANDLER", ""))
    except Fault as fault:
        error = _fault_error(fault, "")
    except Exception:
        error = _exception_error("")
    import logging

    logging.warning(_WARNING)
    _log_error(error)
    connection.send(_post("init/error", to_json(error).encode(), "application/json", error["errorType"]))
    connection.read()
    sys.exit(1)


def _call(handler, headers, body):
    """Calls the handler with one event; the request that carries its answer."""
    request_id = headers.get("lambda-runtime-aws-request-id", "")
    path = "invocation/" + request_id
    start = end = 0
    try:
        context = LambdaContext(headers)
        event = _event(headers, body)
        start = _now()
        answer = handler(event, context)
        end = _now()
        if isinstance(answer, bytes):
            return _post(path + "/response", answer, "application/unknown", None, (start, end))
        return _post(path + "/response", _result(answer), "application/json", None, (start, end))
    except Fault as fault:
        error = _fault_error(fault, request_id)
    except Exception:
        end = end or _now()
        error = _exception_error(request_id)
    return _post_error(path, error, error["errorType"], (start, end) if start else None)


def _post_error(path, error, error_type, times=None):
    _log_error(error)
    document = to_json(error).encode("utf-8", "replace")
    return _post(path + "/error", document, "application/json", error_type, times)


def _event(headers, body):
    if headers.get("content-type") != "application/json":
        return body
    try:
        return _decode(body)
    except Exception as e:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % e)


def _result(answer):
    try:
        return to_json(answer).encode("utf-8")
    except Exception as e:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % e)


def _set_up_site():
    """What the module site does when Python starts, but for the .pth files of the host's packages: they are code that
    is none of the function's business, and may take longer than all the rest."""
    import site

    own = sys.path.pop(0)
    site.removeduppaths()
    sys.path += [directory for directory in site.getsitepackages() if os.path.isdir(directory)]
    site.setquit()
    site.setcopyright()
    site.sethelper()
    site.execsitecustomize()
    sys.path.insert(0, own)


def _set_up_path():
    task = os.environ.get("LAMBDA_TASK_ROOT", "/var/task")
    packages = "/opt/python/lib/python%d.%d/site-packages" % sys.version_info[:2]
    # Python has put the bootstrap's directory first; as on AWS it comes after what is the function's own.
    own = sys.path[0]
    sys.path[0:1] = [task, packages, "/opt/python"]
    if own not in sys.path:
        sys.path.append(own)


def _use_bytecode():
    """Has Python look for bytecode of packages and layers where Hearth keeps it: where they are, nobody can write."""
    place = os.environ.pop("HEARTH_BYTECODE", None)
    if place is None or sys.pycache_prefix is not None:
        return
    task = os.environ.get("LAMBDA_TASK_ROOT", "/var/task") + "/"
    external = sys.modules["_frozen_importlib_external"]
    usual = external.cache_from_source

    def cache_from_source(path, *args, **kwargs):
        if path.startswith(task):
            return place + "/task/" + path[len(task) :] + "c"
        if path.startswith("/opt/"):
            return place + path + "c"
        return usual(path, *args, **kwargs)

    external.cache_from_source = cache_from_source


def _fork(connection, request_id, command):
    """Forks on the server's command; the connection that it goes on with, in the child another."""
    import hearth_fork

    sys.stdout.flush()
    sys.stderr.flush()
    answer, address = hearth_fork.fork(command.decode())
    if address is None:
        connection.send(_post("invocation/" + request_id + "/response", answer.encode(), "text/plain") + _ask())
        return connection
    connection = RuntimeConnection(address)
    hearth_fork.connected(address)
    connection.send(_ask())
    return connection


def _become_function():
    """Waits until Hearth has mounted a function's code and tells its environment; returns when that was."""
    stem = RuntimeConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    _, _, told = stem.read()
    ready = _now()
    stem.close()
    environment = dict(variable.split(b"=", 1) for variable in told.split(b"\0"))
    found = [item for item in os.environb.items() if item[0] not in environment]
    os.environb.clear()  # for their order
    os.environb.update(environment)
    os.environb.update(found)
    time.tzset()
    # The directory that it was started in is below what is mounted there now.
    os.chdir(os.environb[b"PWD"])
    return ready


def main(ready):
    global _request_id, _JSON_LOGS
    _set_up_streams()
    if sys.flags.no_site:
        _set_up_site()
    if os.environ.pop("HEARTH_STEM", None) is not None:
        ready = _become_function()
    _JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
    _set_up_path()
    _use_bytecode()
    _prepare_logging()
    connection = RuntimeConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    handler = _initialise(connection)
    connection.send(_ask("Hearth-Runtime-Ready: %d\r\nHearth-Code-Loaded: %d\r\n" % (ready, _now())))
    while True:
        status, headers, body = connection.read()
        if status != 200:
            continue  # the reply to an answer that was refused, such as one too large: its caller has been told
        if "hearth-fork" in headers:
            connection = _fork(connection, headers["lambda-runtime-aws-request-id"], body)
            continue
        hook = headers.get("hearth-hook")
        _request_id = headers.get("lambda-runtime-aws-request-id", "") if hook is None else ""
        trace = headers.get("lambda-runtime-trace-id")
        if trace:
            os.environ["_X_AMZN_TRACE_ID"] = trace
        else:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        answer = _call(handler, headers, body) if hook is None else _call_hooks(hook, headers)
        sys.stdout.flush()
        sys.stderr.flush()
        # The answer and the next question in one: one system call and one wait less than asking in turn.
        connection.send(answer + _ask())
