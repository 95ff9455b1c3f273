using PachUp;
using PachUp.Cli;
using PachUp.Hosting;

if (!OpenFileLimit.IsSufficient())
{
    return ExitCode.Failed;
}

StandardDescriptors.EnsureOpen();
return ToolProcess.Run(args);
