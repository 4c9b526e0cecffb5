package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.LoadTrace.Load;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnersTest {
    @Test
    void pythonModulesBelongToTheDistributionWhoseRecordNamesThem() {
        PackageFiles function = PackageFiles.of(Recorded.zip(
                "app.py", "from google.cloud import storage\n",
                "helpers/text.py", "",
                "google/cloud/storage/__init__.py", "",
                "google/api_core/retry.py", "",
                "_speed.cpython-313-x86_64-linux-gnu.so", "",
                "google_cloud_storage-2.1.dist-info/RECORD", "google/cloud/storage/__init__.py,sha256=x,1\n",
                "google_api_core-3.0.dist-info/RECORD",
                        "google/api_core/retry.py,,\n_speed.cpython-313-x86_64-linux-gnu.so,,\n"));
        PackageFiles layer = PackageFiles.of(Recorded.zip(
                "python/requests/__init__.py", "",
                "python/requests-2.32.dist-info/RECORD", "requests/__init__.py,,\n",
                "python/lib/python3.13/site-packages/loose.py", ""));
        var owners = new PythonOwners(function, List.of(layer));

        assertThat(owners.ownerOf(load("google.cloud.storage")).name()).isEqualTo("google_cloud_storage 2.1");
        assertThat(owners.ownerOf(load("google.api_core.retry")).name()).isEqualTo("google_api_core 3.0");
        assertThat(owners.ownerOf(load("_speed")).name()).isEqualTo("google_api_core 3.0");
        assertThat(owners.ownerOf(load("requests")).name()).isEqualTo("requests 2.32");
        assertThat(owners.ownerOf(load("loose"))).isEqualTo(Owner.ofPackage("loose"));
        assertThat(owners.ownerOf(load("app"))).isEqualTo(Owner.OWN);
        assertThat(owners.ownerOf(load("helpers"))).isEqualTo(Owner.OWN);
        assertThat(owners.ownerOf(load("asyncio.events"))).isEqualTo(Owner.ofRuntime("asyncio"));
        assertThat(owners.place("app", "google.cloud.storage")).isEqualTo("app.py:1");
    }

    @Test
    void nodeFilesBelongToTheInnermostPackage() {
        var owners = new NodeOwners(PackageFiles.of(Recorded.zip(
                "index.mjs", "import { S3 } from '@aws-sdk/client-s3';\n",
                "node_modules/@aws-sdk/client-s3/package.json", "{\"version\":\"3.1.0\"}",
                "node_modules/a/node_modules/b/package.json", "not json")));

        assertThat(owners.ownerOf(load("/var/task/node_modules/@aws-sdk/client-s3/dist/index.js")))
                .isEqualTo(Owner.ofPackage("@aws-sdk/client-s3 3.1.0"));
        assertThat(owners.ownerOf(load("/var/task/node_modules/a/node_modules/b/i.js")))
                .isEqualTo(Owner.ofPackage("b"));
        assertThat(owners.ownerOf(load("/opt/nodejs/node_modules/c/i.js"))).isEqualTo(Owner.ofPackage("c"));
        assertThat(owners.ownerOf(load("/var/task/index.mjs"))).isEqualTo(Owner.OWN);
        assertThat(owners.ownerOf(load("node:fs"))).isEqualTo(Owner.ofRuntime("node:fs"));
        assertThat(owners.place("/var/task/index.mjs", "/var/task/node_modules/@aws-sdk/client-s3/dist/index.js"))
                .isEqualTo("index.mjs:1");
    }

    private static Load load(String name) {
        return new Load(name, "", LoadTrace.NO_PARENT, 1, false);
    }
}
