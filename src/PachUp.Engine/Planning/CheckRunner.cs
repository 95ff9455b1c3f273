using System.Collections.Immutable;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>Asks every check of a migration.</summary>
internal static class CheckRunner
{
    /// <param name="context">What they are asked of.</param>
    /// <param name="accepted">The names of warnings that the plan accepts beforehand.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public static async Task<ImmutableArray<Finding>> AskAllAsync(
        IStepContext context, IReadOnlySet<string> accepted, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>(context.Checks.Length);
        foreach (var check in context.Checks)
        {
            var result = await check.AskAsync(context, cancellationToken);
            var finding = new Finding(check.Name, check.Question, result, Accepted: false) { IsAboutThisMachine = check.IsAboutThisMachine };
            findings.Add(finding.AcceptedBy(accepted));
        }

        return findings.MoveToImmutable();
    }
}
