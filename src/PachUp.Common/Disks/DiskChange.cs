namespace PachUp.Common.Disks;

/// <summary>One change on disk.</summary>
/// <param name="Path">The full path of the file or directory.</param>
internal abstract record DiskChange(string Path)
{
    /// <summary>What cannot be done, for the message of a failure.</summary>
    public virtual string FailureText() => $"the file \"{Path}\" cannot be written";

    /// <summary>A new file.</summary>
    public sealed record FileCreated(string Path) : DiskChange(Path)
    {
        /// <inheritdoc/>
        public override string FailureText() => $"the file \"{Path}\" cannot be created";
    }

    /// <summary>An existing file is opened to write.</summary>
    public sealed record FileOpened(string Path) : DiskChange(Path)
    {
        /// <inheritdoc/>
        public override string FailureText() => $"the file \"{Path}\" cannot be opened";
    }

    /// <summary>Content of a file.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Offset">Where the content begins.</param>
    /// <param name="Content">The content; empty if nobody watches.</param>
    public sealed record FileWritten(string Path, long Offset, ReadOnlyMemory<byte> Content) : DiskChange(Path);

    /// <summary>A file is cut to a length.</summary>
    public sealed record FileCut(string Path, long Length) : DiskChange(Path);

    /// <summary>The content of a file is flushed.</summary>
    public sealed record FileFlushed(string Path) : DiskChange(Path);

    /// <summary>A file is deleted.</summary>
    public sealed record FileDeleted(string Path) : DiskChange(Path)
    {
        /// <inheritdoc/>
        public override string FailureText() => $"the file \"{Path}\" cannot be deleted";
    }

    /// <summary>A file or directory gets another name.</summary>
    /// <param name="Path">The name before.</param>
    /// <param name="To">The new name.</param>
    public sealed record Renamed(string Path, string To) : DiskChange(Path)
    {
        /// <inheritdoc/>
        public override string FailureText() => $"\"{Path}\" cannot get the name \"{To}\"";
    }

    /// <summary>A new directory.</summary>
    public sealed record DirectoryCreated(string Path) : DiskChange(Path)
    {
        /// <inheritdoc/>
        public override string FailureText() => $"the directory \"{Path}\" cannot be created";
    }

    /// <summary>A directory is deleted with everything in it.</summary>
    public sealed record DirectoryDeleted(string Path) : DiskChange(Path)
    {
        /// <inheritdoc/>
        public override string FailureText() => $"the directory \"{Path}\" cannot be deleted";
    }

    /// <summary>The names in a directory are flushed.</summary>
    public sealed record DirectoryFlushed(string Path) : DiskChange(Path)
    {
        /// <inheritdoc/>
        public override string FailureText() => $"the directory \"{Path}\" cannot be flushed to disk";
    }
}
