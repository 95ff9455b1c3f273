using PachUp.Testing;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using PachUp.Engine.Plugins;
using PachUp.Engine.Plugins.Assemblies;

namespace PachUp.Engine.Tests.Plugins.Assemblies;

/// <summary>What was built for another host is refused before its code runs, with its file and both versions.</summary>
public sealed class ContractFitTests : IDisposable
{
    private static readonly string Here = Environment.Version.ToString(2);

    private readonly TemporaryFolder _folder = new();

    private string Main => Path.Combine(_folder.Path, "Foreign", "Foreign.dll");

    public ContractFitTests() => Directory.CreateDirectory(Path.GetDirectoryName(Main)!);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".NETCoreApp,Version=v99.0", "It was built for .NET 99.0; this PachUp runs on .NET ")]
    [InlineData(".NETFramework,Version=v4.8", "It was built for .NETFramework 4.8; this PachUp runs on .NET ")]
    [InlineData("MonoAndroid,Version=v12.0", "It was built for MonoAndroid 12.0; this PachUp runs on .NET ")]
    public void Another_runtime(string framework, string reason)
    {
        new ForeignAssembly("Foreign", framework: framework).Save(Main);

        Assert.Equal(reason + Here + ".", Problem().Reason);
    }

    [Fact]
    public void Another_processor()
    {
        var (machine, name) = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? (Machine.Amd64, "x64") : (Machine.Arm64, "arm64");
        new ForeignAssembly("Foreign").Save(Main, machine);

        Assert.StartsWith($"It was built for {name} processors; this PachUp runs on ", Problem().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_for_any_processor_and_an_earlier_runtime_gets_as_far_as_its_types()
    {
        new ForeignAssembly("Foreign", framework: ".NETCoreApp,Version=v8.0").Save(Main);

        Assert.StartsWith("No public class in it implements IPachUpPlugin", Problem().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Native_code()
    {
        File.Copy(Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*coreclr.*").First(), Main);

        Assert.Equal("It is not a .NET assembly.", Problem().Reason);
    }

    [Fact]
    public void A_later_contract_that_is_not_compatible()
    {
        new ForeignAssembly("Foreign").Using(new ForeignAssembly("PachUp.Sdk", "9.0.0.0").AddInterface("PachUp.Sdk.ICheck", "Ask")).Save(Main);

        Assert.Equal("It was built against PachUp.Sdk 9.0.0.0; this PachUp has 1.0.0.0.", Problem().Reason);
    }

    [Theory]
    [InlineData("PachUp.Sdk.IOracle", "PachUp.Sdk.IOracle")]
    [InlineData("PachUp.Sdk.IStepContext", "PachUp.Sdk.IStepContext.Foretell")]
    public void A_later_contract_that_is_compatible_and_of_which_something_new_is_used(string type, string missing)
    {
        new ForeignAssembly("Foreign")
            .Using(new ForeignAssembly("PachUp.Sdk").AddInterface(type, "Foretell"))
            .Noting("PachUp.Sdk", "1.7.0")
            .Save(Main);

        var problem = Problem();

        Assert.Matches($"^It needs {missing}, which PachUp.Sdk [0-9]+[0-9.]* of this PachUp does not have; it was built against PachUp.Sdk 1.7.0.$", problem.Reason);
        Assert.Contains("dotnet tool update --global PachUp", problem.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PachUp.Sdk")]
    [InlineData("PachUp.Pachyderm")]
    public void A_copy_of_the_contract(string contract)
    {
        new ForeignAssembly("Foreign").Save(Main);
        var copy = Path.Combine(Path.GetDirectoryName(Main)!, contract + ".dll");
        new ForeignAssembly(contract, "9.1.0.0").Save(copy);

        var problem = Problem();

        Assert.Equal($"It carries its own copy of {contract}.dll, version 9.1.0.0, so that nothing in it fits this PachUp, which has 1.0.0.0.", problem.Reason);
        Assert.Equal($"Delete \"{copy}\".", problem.Remedy);
    }

    private PluginProblem Problem()
    {
        var problem = Assert.Single(PluginHost.Load([], [new PluginFolder(_folder.Path, IsExpected: true) { IsShipped = true }]).Problems);
        Assert.Equal(Main, problem.Path);
        return problem;
    }
}
