using System.Reflection;
using Xunit.Sdk;

namespace PachUp.EndToEnd.Tests.CommandLine;

/// <summary>A shell in which a test runs. Where it is not installed, the test is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ShellDataAttribute : DataAttribute
{
    private readonly object[] _data;

    public ShellDataAttribute(string shell, params string[] others)
    {
        _data = [shell, .. others];
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, shell))))
        {
            Skip = $"There is no {shell} in the directories of PATH.";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [_data];
}
