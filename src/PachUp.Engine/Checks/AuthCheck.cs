using PachUp.Sdk;

namespace PachUp.Engine.Checks;

/// <summary>Access control is in no extract of these releases.</summary>
internal sealed class AuthCheck : ICheck
{
    public string Name => "auth";

    public string Question => "Is access control active on the source?";

    public CheckGuide Guide { get; } = new()
    {
        Why = "Who may do what is in no extract of these releases: after a migration everybody may do everything, until access control is "
            + "activated and set up again.",
        WhenPassed = "Access control is not active, so there is nothing to carry.",
        WhenWarned = "It is active. Admins, groups and the rights on repos are named one by one; set them again on the target. Tokens cannot be "
            + "read: people log in again.",
    };

    public async Task<CheckResult> AskAsync(IStepContext context, CancellationToken cancellationToken)
    {
        var user = await context.Source.Connect().GetAuthenticatedUserAsync(cancellationToken);
        return user is null
            ? CheckResult.Passed("Access control is not active")
            : CheckResult.Warning(
                $"access control is active on the source (we are \"{user}\")",
                "Admins, tokens and the access rights of repos are not part of an extract: write them down and set them again on the target.");
    }
}
