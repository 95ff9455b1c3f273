using PachUp.Cli;
using PachUp.Common.Files;
using PachUp.Engine.State;

namespace PachUp.Commands.Plans.Rehearse;

/// <summary>The directory of the run of a rehearsal: a temporary one, or one that the user named.</summary>
internal sealed class RehearsalDirectory : IDisposable
{
    private readonly bool _isKept;

    /// <param name="keep">The directory to keep; null for a temporary one.</param>
    /// <exception cref="UsageException">The directory is not empty.</exception>
    public RehearsalDirectory(string? keep)
    {
        if (keep is not null && Directory.Exists(keep) && Directory.EnumerateFileSystemEntries(keep).Any())
        {
            throw new UsageException($"the directory \"{keep}\" is not empty", "Give --keep a new or an empty directory.");
        }

        _isKept = keep is not null;
        State = new StateDirectory(keep ?? PrivateDirectory.CreateTemporary("pachup-rehearsal-").FullName);
    }

    /// <summary>The directory.</summary>
    public StateDirectory State { get; }

    /// <summary>The path of the kept directory; null for a temporary one.</summary>
    public string? KeptPath => _isKept ? State.Path : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isKept)
        {
            TryRemove.Directory(State.Path);
        }
    }
}
