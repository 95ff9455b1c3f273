namespace PachUp.Engine.Plugins;

/// <summary>Why a plugin is not used. Everything else works without it.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Reason">What is wrong with it, in one sentence.</param>
/// <param name="Remedy">What to do about it, in one sentence.</param>
public sealed record PluginProblem(string Path, string Reason, string Remedy);
