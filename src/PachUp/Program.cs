using PachUp;
using PachUp.Cli;
using PachUp.Hosting;

if (!FileLimit.IsEnough())
{
    return ExitCode.Failed;
}

StandardDescriptors.EnsureOpen();
return ToolProcess.Run(args);
