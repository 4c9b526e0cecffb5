package dev.hearth.sam;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a template's own text does not say: the stack's name and whose it is, and what the user gave for parameters and
/// for resources that Hearth does not have.
///
/// @param stack      the stack's name
/// @param partition  such as `aws`
/// @param region     such as `us-east-1`
/// @param account    twelve digits
/// @param parameters values by parameter
/// @param resources  values by `LOGICAL_ID` or `LOGICAL_ID.ATTRIBUTE`
public record Inputs(
        String stack,
        String partition,
        String region,
        String account,
        Map<String, String> parameters,
        Map<String, String> resources) {
    public Inputs {
        parameters = Map.copyOf(parameters);
        resources = Map.copyOf(resources);
    }

    /// The pseudo parameters, but for `AWS::NoValue`.
    Map<String, Value> pseudoParameters() {
        var all = new HashMap<String, Value>();
        all.put("AWS::Region", Value.Scalar.text(0, region));
        all.put("AWS::AccountId", Value.Scalar.text(0, account));
        all.put("AWS::Partition", Value.Scalar.text(0, partition));
        all.put("AWS::StackName", Value.Scalar.text(0, stack));
        all.put("AWS::StackId", Value.Scalar.text(0, arn("cloudformation", "stack/" + stack + "/hearth")));
        all.put(
                "AWS::URLSuffix",
                Value.Scalar.text(0, partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com"));
        all.put("AWS::NotificationARNs", new Value.Sequence(0, List.of()));
        return all;
    }

    String arn(String service, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    /// `STACK-LOGICALID`, the name of what the template gives none. AWS adds a random suffix; here a second deploy must
    /// find it again. Too long a name is cut and gets a digest, so that it stays one of its kind.
    String nameOf(String logicalId) {
        String name = stack + "-" + logicalId;
        int longest = 64;
        if (name.length() <= longest) {
            return name;
        }
        String digest = Digest.hex(name).substring(0, 8);
        return name.substring(0, longest - 1 - digest.length()) + "-" + digest;
    }
}
