using PachUp.Pachyderm;
using PachUp.Sdk;

namespace PachUp.Engine.Releases;

/// <summary>Decides whether a release takes a backup as it is. A server that does not understands nothing of it and says nothing.</summary>
public static class RestoreGate
{
    /// <summary>Decides. Asks nobody and changes nothing.</summary>
    /// <param name="backup">The release that the backup was made from.</param>
    /// <param name="target">The release that it is restored into.</param>
    public static CheckResult Decide(Release backup, Release target)
    {
        var (from, to) = (ReleaseTraits.Of(backup), ReleaseTraits.Of(target));
        return target.Line != backup.Line || from.Generation != to.Generation || (from.ExtractsOutputs && !to.ExtractsOutputs)
            ? CheckResult.Refused(
                $"The backup was made from {backup}; {target} does not restore it completely.",
                $"Restore it into {backup}, or another release of line {backup.Line} that is not older; then upgrade or migrate that cluster.")
            : CheckResult.Passed($"The backup was made from {backup}; {target} restores it.");
    }
}
