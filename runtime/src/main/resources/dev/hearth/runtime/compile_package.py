"""Compiles the Python files of an unpacked package: compile_package.py PACKAGE TARGET SEEN_AS

Runs on the host, with the interpreter that will run the function, and executes nothing of the package. What a package
holds is not to be trusted, though: nothing is done with the host's privileges beyond opening the two directories,
links are not followed, and time, memory and file sizes have limits.
"""
import encodings.latin_1  # here, because the interpreter's files may be out of reach later
import importlib.util
import marshal
import os
import resource
import stat
import sys

LARGEST = 4 * 1024 * 1024
NOBODY = 65534


def limit(what, most):
    resource.setrlimit(what, (most, most))


def become_harmless(target):
    os.nice(19)
    limit(resource.RLIMIT_CPU, 120)
    limit(resource.RLIMIT_AS, 2 << 30)
    limit(resource.RLIMIT_FSIZE, 16 * LARGEST)
    limit(resource.RLIMIT_CORE, 0)
    if os.getuid() == 0:
        os.fchown(target, NOBODY, NOBODY)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    limit(resource.RLIMIT_NPROC, 0)


def bytecode(source, name):
    """With the hash of nothing, never to be checked: it is kept by the hash of the package."""
    code = compile(source, name, "exec", dont_inherit=True)
    return importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8) + marshal.dumps(code)


def source_of(name, directory):
    """Through the directory's descriptor: a path may hold a link, which must not be followed out of the package."""
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=directory)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        return file.read() if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST else None


def write(target, path, content):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644, dir_fd=target)
    with open(descriptor, "wb") as file:
        file.write(content)


def compile_directory(path, files, directory, target, seen_as):
    made = path == "."
    for name in files:
        if not name.endswith(".py"):
            continue
        try:
            content = bytecode(source_of(name, directory), os.path.normpath(os.path.join(seen_as, path, name)))
        except Exception:
            continue  # what cannot be compiled is told, or not needed, when the function imports it
        if not made:
            make_directory(target, path)
            made = True
        write(target, os.path.normpath(os.path.join(path, name + "c")), content)


def make_directory(target, path):
    parent = os.path.dirname(path)
    if parent:
        make_directory(target, parent)
    try:
        os.mkdir(os.path.normpath(path), 0o755, dir_fd=target)
    except FileExistsError:
        pass


def main(package, target, seen_as):
    source = os.open(package, os.O_RDONLY | os.O_DIRECTORY)
    target = os.open(target, os.O_RDONLY | os.O_DIRECTORY)
    os.umask(0o022)
    become_harmless(target)
    server = os.getppid()
    for path, _, files, directory in os.fwalk(".", dir_fd=source, follow_symlinks=False):
        if os.getppid() != server:
            sys.exit("the server has gone, and nobody will use this")
        compile_directory(path, files, directory, target, seen_as)
    print("compiled")


main(*sys.argv[1:])
