using System.Collections.Immutable;
using PachUp.Engine.Plugins.Installing;
using PachUp.Packages.Contents;

namespace PachUp.Packages;

/// <summary>A plugin that is ready to be installed. The user can look at it first. Disposing it removes its files.</summary>
/// <param name="Entry">Its entry for the lock file.</param>
/// <param name="Description">The description by its authors.</param>
/// <param name="Contract">The version range of the contract that it needs; empty if its package does not declare it.</param>
/// <param name="Plans">The file names of its plans.</param>
/// <param name="Staged">Its files.</param>
public sealed record PreparedPlugin(
    InstalledPlugin Entry, PackageDescription Description, string Contract, ImmutableArray<string> Plans, StagedPlugin Staged) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Staged.Dispose();
}
