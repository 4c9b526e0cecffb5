package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.ApiException;
import dev.hearth.model.SystemClock;
import dev.hearth.telemetry.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AccountsIT {
    @TempDir
    private Path directory;

    @Test
    void whatAnAccountHasIsThereAfterARestart() throws Exception {
        try (Accounts accounts = open()) {
            assertThat(accounts.reach("000000000000")).isSameAs(accounts.home());
            assertThat(accounts.reach("111111111111")).isSameAs(accounts.reach("111111111111"));
            assertThat(accounts.of("111111111111"))
                    .isSameAs(accounts.reach("111111111111").catalog());
        }
        try (Accounts accounts = open()) {
            assertThat(accounts.opened())
                    .extracting(account -> account.scope().account())
                    .containsExactly("000000000000", "111111111111");
        }
    }

    @Test
    void versionsOfAnAccountThatIsNotKnownAreLookedForInTheDefaultOne() throws Exception {
        try (Accounts accounts = open()) {
            assertThat(accounts.of("999999999999")).isSameAs(accounts.home().catalog());
            assertThat(accounts.opened()).hasSize(1);
        }
    }

    @Test
    void callersCannotMakeAnyNumberOfAccounts() throws Exception {
        try (Accounts accounts = open()) {
            for (int i = 0; i < Accounts.MOST; i++) {
                accounts.reach("1%011d".formatted(i));
            }
            assertThatThrownBy(() -> accounts.reach("199999999999"))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("199999999999")
                    .hasMessageContaining("" + Accounts.MOST);
            assertThat(accounts.reach("100000000000").scope().account()).isEqualTo("100000000000");
        }
    }

    @Test
    void accountThatCouldNotBeOpenedIsOpenedWhenTheDiskLetsIt() throws Exception {
        try (Accounts accounts = open()) {
            Path events = directory.resolve("accounts/222222222222/events");
            Files.createDirectories(events.getParent());
            Files.createFile(events); // where a directory is to be
            assertThatThrownBy(() -> accounts.reach("222222222222"))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("222222222222");
            Files.delete(events);
            assertThat(accounts.reach("222222222222").scope().account()).isEqualTo("222222222222");
        }
    }

    @Test
    void directoriesOfOtherNamesAreLeftAlone() throws Exception {
        Path notes = Files.createDirectories(directory.resolve("accounts/notes"));
        try (Accounts accounts = open()) {
            assertThat(accounts.opened()).hasSize(1);
        }
        assertThat(notes).isEmptyDirectory();
    }

    private Accounts open() throws Exception {
        return Accounts.open(
                directory, WiringIT.config(directory, 0), new EventMetrics(new Metrics("test")), SystemClock.INSTANCE);
    }
}
