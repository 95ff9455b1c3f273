using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>Decides whether a release can restore a backup without conversion. A server that cannot gives no error and restores nothing.</summary>
public static class RestoreGate
{
    /// <summary>Makes the decision from the arguments only.</summary>
    /// <param name="backup">The release of the cluster from which the backup was made.</param>
    /// <param name="target">The release of the target.</param>
    public static CheckResult Decide(Release backup, Release target)
    {
        var (from, to) = (ReleaseTraits.Of(backup), ReleaseTraits.Of(target));
        return target.Line != backup.Line || from.Generation != to.Generation || (from.ExtractsOutputs && !to.ExtractsOutputs)
            ? CheckResult.Refused(
                $"The backup was made from {backup}. {target} cannot restore it completely.",
                $"Restore it into {backup} or a later release of line {backup.Line}. Then upgrade or migrate that cluster.")
            : CheckResult.Passed($"The backup was made from {backup}. {target} can restore it.");
    }
}
