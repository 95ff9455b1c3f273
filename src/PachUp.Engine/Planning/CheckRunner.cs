using System.Collections.Immutable;
using PachUp.Sdk;

namespace PachUp.Engine.Planning;

/// <summary>Runs every check of a migration.</summary>
internal static class CheckRunner
{
    /// <param name="context">The migration to check.</param>
    /// <param name="accepted">The names of the checks whose warnings the plan accepts.</param>
    /// <param name="progress">Receives how many checks are done; null for no receiver.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    public static async Task<ImmutableArray<Finding>> AskAllAsync(
        IStepContext context, IReadOnlySet<string> accepted, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>(context.Checks.Length);
        foreach (var check in context.Checks)
        {
            progress?.Report(new StepProgress("running the checks", findings.Count, context.Checks.Length, "checks"));
            var result = await check.AskAsync(context, cancellationToken);
            var finding = new Finding(check.Name, check.Question, result, Accepted: false) { IsAboutThisMachine = check.IsAboutThisMachine };
            findings.Add(finding.AcceptedBy(accepted));
        }

        return findings.MoveToImmutable();
    }
}
