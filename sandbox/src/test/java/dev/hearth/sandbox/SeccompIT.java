package dev.hearth.sandbox;

import static dev.hearth.sandbox.SandboxFixture.python;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// System calls as code in a sandbox makes them.
class SeccompIT {
    private static SandboxFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new SandboxFixture();
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "unshare, 'libc.unshare(0x10000000)', EPERM",
        "unshare of time, 'libc.unshare(0x80)', EPERM",
        "clone with a user namespace, 'libc.syscall(SYS_clone, 0x10000011, 0, 0, 0, 0)', EPERM",
        "clone3, 'libc.syscall(435, 0, 0)', ENOSYS",
        "mount, 'libc.mount(b\"none\", b\"/tmp\", b\"tmpfs\", 0, None)', EPERM",
        "fsopen, 'libc.syscall(430, b\"tmpfs\", 0)', EPERM",
        "setns, 'libc.setns(0, 0)', EPERM",
        "chroot, 'libc.chroot(b\"/tmp\")', EPERM",
        "keyctl, 'libc.syscall(SYS_keyctl, 0, -3, 0)', EPERM",
        "io_uring, 'libc.syscall(425, 1, 0)', ENOSYS",
        "userfaultfd, 'libc.syscall(SYS_userfaultfd, 1)', EPERM",
        "bpf, 'libc.syscall(SYS_bpf, 0, 0, 0)', EPERM",
        "perf, 'libc.syscall(SYS_perf, 0, 0, 0, 0, 0)', EPERM",
        "personality, 'libc.personality(0x40000)', EPERM",
        "TIOCSTI, 'libc.ioctl(0, 0x5412, b\"x\")', EPERM",
        "a packet socket, 'libc.socket(17, 3, 0)', EAFNOSUPPORT",
        "a kernel crypto socket, 'libc.socket(38, 5, 0)', EAFNOSUPPORT",
        "a vsock, 'libc.socket(40, 1, 0)', EAFNOSUPPORT",
        "netlink netfilter, 'libc.socket(16, 3, 12)', EPROTONOSUPPORT",
        "a raw socket, 'libc.socket(2, 3, 1)', EPERM",
    })
    void callIsRefused(String name, String call, String error) throws Exception {
        assertThat(outcomeOf(call)).as(name).isEqualTo("-1 " + error);
    }

    @ParameterizedTest
    @CsvSource({
        "unshare of what is no namespace, libc.unshare(0x400)",
        "the question for the personality, libc.personality(0xffffffff) and 0",
        "netlink route, 'min(0, libc.socket(16, 3, 0))'",
        "a TCP socket, 'min(0, libc.socket(2, 1, 0))'",
    })
    void ordinaryCallWorks(String name, String call) throws Exception {
        assertThat(outcomeOf(call)).as(name).startsWith("0 ");
    }

    private static String outcomeOf(String call) throws Exception {
        String script = """
                import ctypes, errno, platform
                x86 = platform.machine() == 'x86_64'
                SYS_clone, SYS_keyctl, SYS_userfaultfd, SYS_bpf, SYS_perf = \\
                    (56, 250, 323, 321, 298) if x86 else (220, 219, 282, 280, 241)
                libc = ctypes.CDLL(None, use_errno=True)
                result = %s
                print(result, errno.errorcode.get(ctypes.get_errno(), 'none'))
                """.formatted(call);
        return fixture.run(python(script)).output();
    }

    @Test
    void filterAndNoNewPrivilegesAreOnAndNoCapabilityIsLeft() throws Exception {
        String status =
                fixture.run(SandboxFixture.shell("cat /proc/self/status")).output();

        assertThat(status).contains("Seccomp:\t2", "NoNewPrivs:\t1");
        for (String set : new String[] {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
            assertThat(status).contains(set + ":\t0000000000000000");
        }
    }
}
