using PachUp.Cli;
using PachUp.Common.Files;
using PachUp.Engine.State;

namespace PachUp.Commands.Plans.Rehearse;

/// <summary>Where the run of a rehearsal is kept: in a temporary directory, or in one that the user named.</summary>
internal sealed class RehearsalDirectory : IDisposable
{
    private readonly bool _isKept;

    /// <param name="keep">The directory that stays; null for none.</param>
    /// <exception cref="UsageException">Something is in it already.</exception>
    public RehearsalDirectory(string? keep)
    {
        if (keep is not null && Directory.Exists(keep) && Directory.EnumerateFileSystemEntries(keep).Any())
        {
            throw new UsageException($"the directory \"{keep}\" is not empty", "Give --keep a new or an empty directory.");
        }

        _isKept = keep is not null;
        State = new StateDirectory(keep ?? Directory.CreateTempSubdirectory("pachup-rehearsal-").FullName);
    }

    /// <summary>The directory.</summary>
    public StateDirectory State { get; }

    /// <summary>Its path, where it stays; null where it goes away.</summary>
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
