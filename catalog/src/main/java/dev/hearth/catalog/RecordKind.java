package dev.hearth.catalog;

import dev.hearth.model.CodeSigningConfig;
import dev.hearth.model.EventInvokeConfig;
import dev.hearth.model.EventSourceMapping;
import dev.hearth.model.FunctionUrl;
import dev.hearth.model.IamPolicy;
import dev.hearth.model.IamRole;
import dev.hearth.model.ProvisionedConcurrency;
import dev.hearth.model.ResourcePolicy;
import dev.hearth.model.RuntimeManagement;
import dev.hearth.model.ScalingConfig;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/// A kind of record that the catalog keeps by owner and key, beside functions, versions, aliases and layers. A new kind
/// is a constant here and its form in [RecordForm]; it needs no change of the schema.
public final class RecordKind<T> {
    /// By function and version or alias.
    public static final RecordKind<ProvisionedConcurrency> PROVISIONED =
            new RecordKind<>("provisioned", RecordForm::write, RecordForm::provisioned);

    /// By function and `$LATEST`, version or alias.
    public static final RecordKind<EventInvokeConfig> EVENT_INVOKE =
            new RecordKind<>("event-invoke", RecordForm::write, RecordForm::eventInvoke);

    /// By function and `$LATEST` or alias.
    public static final RecordKind<FunctionUrl> URL = new RecordKind<>("url", RecordForm::write, RecordForm::url);

    /// By function and `$LATEST`, version or alias.
    public static final RecordKind<ResourcePolicy> POLICY =
            new RecordKind<>("policy", RecordForm::write, RecordForm::policy);

    /// By function and `$LATEST` or version.
    public static final RecordKind<RuntimeManagement> RUNTIME_MANAGEMENT =
            new RecordKind<>("runtime-management", RecordForm::write, RecordForm::runtimeManagement);

    /// By function and version.
    public static final RecordKind<ScalingConfig> SCALING =
            new RecordKind<>("scaling", RecordForm::write, RecordForm::scaling);

    /// What becomes of recursive invocations, by function and `$LATEST`.
    public static final RecordKind<String> RECURSION =
            new RecordKind<>("recursion", RecordForm::write, RecordForm::text);

    /// The ARN of the code signing configuration, by function and `$LATEST`.
    public static final RecordKind<String> FUNCTION_CODE_SIGNING =
            new RecordKind<>("function-code-signing", RecordForm::write, RecordForm::text);

    /// By layer and version.
    public static final RecordKind<ResourcePolicy> LAYER_POLICY =
            new RecordKind<>("layer-policy", RecordForm::write, RecordForm::policy);

    /// Of the account, by ARN.
    public static final RecordKind<CodeSigningConfig> CODE_SIGNING =
            new RecordKind<>("code-signing", RecordForm::write, RecordForm::codeSigning);

    /// Of the account, by UUID: as on AWS it outlives its function.
    public static final RecordKind<EventSourceMapping> EVENT_SOURCE =
            new RecordKind<>("event-source", RecordForm::write, RecordForm::eventSource);

    /// By account and name in lower case.
    public static final RecordKind<IamRole> IAM_ROLE =
            new RecordKind<>("iam-role", IdentityForm::write, IdentityForm::role);

    /// By account and name in lower case.
    public static final RecordKind<IamPolicy> IAM_POLICY =
            new RecordKind<>("iam-policy", IdentityForm::write, IdentityForm::policy);

    /// The owner of what belongs to no function and no layer.
    public static final String ACCOUNT = "";

    /// What goes with its function, version or alias when that is deleted.
    static final List<RecordKind<?>> OF_FUNCTIONS = List.of(
            PROVISIONED, EVENT_INVOKE, URL, POLICY, RUNTIME_MANAGEMENT, SCALING, RECURSION, FUNCTION_CODE_SIGNING);

    private final String name;
    private final BiConsumer<JsonGenerator, T> writer;
    private final Function<StoredObject, T> reader;

    private RecordKind(String name, BiConsumer<JsonGenerator, T> writer, Function<StoredObject, T> reader) {
        this.name = name;
        this.writer = writer;
        this.reader = reader;
    }

    /// As it stands in the table.
    String storedName() {
        return name;
    }

    String stored(T value) {
        return StoredForm.write(out -> writer.accept(out, value));
    }

    T read(String json) {
        return reader.apply(StoredForm.parse(json));
    }

    @Override
    public String toString() {
        return name;
    }
}
