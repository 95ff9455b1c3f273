using System.Runtime.CompilerServices;
using PachUp.Pachyderm.Connections;
using PachUp.Pachyderm.Wire.Pfs;

namespace PachUp.Steps.Reloading;

/// <summary>Finds all files of a commit, directory by directory.</summary>
internal static class FileWalk
{
    private const string Root = "/";

    /// <summary>The paths of all files, from the root.</summary>
    public static async IAsyncEnumerable<string> FilesOfAsync(
        PachdClient client, string repo, string commit, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var directories = new Stack<string>([Root]);
        while (directories.TryPop(out var directory))
        {
            await foreach (var entry in client.ListFilesAsync(repo, commit, directory, cancellationToken))
            {
                // 1.7 leaves out the slash.
                var path = Root + entry.File.Path.TrimStart('/');
                if (entry.FileType == FileType.Dir)
                {
                    directories.Push(path);
                }
                else
                {
                    yield return path;
                }
            }
        }
    }
}
