using System.Collections.Immutable;
using PachUp.Engine.Plugins.Installing;
using PachUp.Packages.Contents;

namespace PachUp.Packages;

/// <summary>A plugin whose files are complete and not in their place yet: to be shown, and then installed or forgotten.</summary>
/// <param name="Entry">What the lock file will say of it.</param>
/// <param name="Description">What its authors say of it.</param>
/// <param name="Contract">The version of the contract that it was made for, as a range; empty where its package does not say.</param>
/// <param name="Plans">The file names of its plans.</param>
/// <param name="Staged">Its files.</param>
public sealed record PreparedPlugin(
    InstalledPlugin Entry, PackageDescription Description, string Contract, ImmutableArray<string> Plans, StagedPlugin Staged) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Staged.Dispose();
}
