using Mono.Unix;
using Mono.Unix.Native;

namespace PachUp.Engine.Runs.Locks;

/// <summary>The directory in which all users of the machine keep their locks cannot be used, so a run of another user would not be noticed.</summary>
public sealed class LockPlaceException : Exception
{
    private LockPlaceException(string message, string remedy)
        : base(message) => Remedy = remedy;

    /// <summary>What to do.</summary>
    public string Remedy { get; }

    /// <summary>The lock file itself cannot be used.</summary>
    internal static LockPlaceException Of(string file, string reason) => new(
        $"the lock \"{file}\", by which the users of this machine exclude each other, cannot be used: {reason}",
        $"See what \"ls -l {file}\" shows. If no run of another user works on the cluster, have the file removed, or name another directory with --lock-dir.");

    /// <summary>Refuses a directory in which one user could remove or replace the locks of another.</summary>
    /// <exception cref="LockPlaceException">It is not a directory, belongs to another user, or everybody can remove files in it.</exception>
    internal static void ThrowUnlessTrusted(string directory)
    {
        if (WhyNotTrusted(directory) is { } reason)
        {
            throw new LockPlaceException(
                $"the directory \"{directory}\", in which the users of this machine keep the locks of clusters, cannot be trusted: {reason}",
                "Name a directory with --lock-dir, the same for all users. One that all can use is made by root with \"mkdir -m 1777 DIRECTORY\".");
        }
    }

    private static string? WhyNotTrusted(string directory)
    {
        if (Syscall.stat(directory, out var status) != 0)
        {
            return UnixMarshal.GetErrorDescription(Stdlib.GetLastError());
        }

        if ((status.st_mode & FilePermissions.S_IFMT) != FilePermissions.S_IFDIR)
        {
            return "it is not a directory";
        }

        if (status.st_uid != 0 && status.st_uid != Syscall.geteuid())
        {
            return $"it belongs to the user {status.st_uid}, who could remove the locks of others";
        }

        const FilePermissions Others = FilePermissions.S_IWGRP | FilePermissions.S_IWOTH;
        return (status.st_mode & Others) != 0 && (status.st_mode & FilePermissions.S_ISVTX) == 0
            ? "everybody can remove the locks of others there, because it has no sticky bit"
            : null;
    }
}
