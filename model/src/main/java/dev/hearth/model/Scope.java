package dev.hearth.model;

/// The AWS coordinates in which this Hearth answers: they make up the ARNs it gives out.
public record Scope(String partition, String region, String account) {

    /// What a Hearth without configuration is: `us-east-1`, account `000000000000`, as local AWS tools expect.
    public static final Scope DEFAULT = new Scope("aws", "us-east-1", "000000000000");

    public FunctionArn function(String name) {
        return new FunctionArn(this, name);
    }

    public LayerArn layer(String name) {
        return new LayerArn(this, name);
    }
}
