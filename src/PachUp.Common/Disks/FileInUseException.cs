namespace PachUp.Common.Disks;

/// <summary>Another process has a file open that one process at a time can open.</summary>
/// <param name="path">The file.</param>
public sealed class FileInUseException(string path) : IOException($"\"{path}\" is in use by another process");
