namespace PachUp.Engine.Plugins;

/// <summary>Why a plugin was not loaded. The tool works without it.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Reason">What is wrong, in one sentence.</param>
/// <param name="Remedy">What to do, in one sentence.</param>
public sealed record PluginProblem(string Path, string Reason, string Remedy);
