package dev.hearth.server;

import dev.hearth.http.Handler;
import dev.hearth.identity.Callers;
import dev.hearth.lambdaapi.LambdaApi;
import dev.hearth.model.ApiException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The services of each account: a request is answered by those of its caller's. Any thread.
final class AccountServices {
    private final Accounts accounts;
    private final Callers callers;
    private final Function<Account, Services> services;
    private final Map<String, Services> byAccount = new ConcurrentHashMap<>();

    /// What answers for one account.
    ///
    /// @param parts  what its Lambda API works on
    /// @param lambda AWS Lambda
    /// @param logs   CloudWatch Logs
    /// @param functions [Arrangements]
    /// @param async  [AsyncApi]
    record Services(LambdaApi.Parts parts, Handler lambda, Handler logs, Handler functions, Handler async) {}

    /// @param services makes those of an account
    AccountServices(Accounts accounts, Callers callers, Function<Account, Services> services) {
        this.accounts = accounts;
        this.callers = callers;
        this.services = services;
    }

    /// Answers with one of them; behind the signature check, which sees to it that callers are who they say.
    Handler at(Function<Services, Handler> service) {
        return request -> {
            Services own;
            try {
                own = of(accounts.reach(callers.account(request)));
            } catch (ApiException e) {
                return LambdaApi.refusal(e);
            }
            return service.apply(own).handle(request);
        };
    }

    /// What the Lambda API works on in each account.
    List<LambdaApi.Parts> parts() {
        return accounts.opened().stream().map(account -> of(account).parts()).toList();
    }

    private Services of(Account account) {
        String name = account.scope().account();
        Services made = byAccount.get(name);
        return made != null ? made : byAccount.computeIfAbsent(name, _ -> services.apply(account));
    }
}
