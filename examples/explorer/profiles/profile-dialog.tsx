import { useEffect, useRef, type ComponentProps, type ReactElement } from "react";
import { ProfileForm } from "./profile-form";

/** The form over the page, which keeps the focus until it is closed and gives it back then. */
export function ProfileDialog({ profile, close }: ComponentProps<typeof ProfileForm>): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="profile-dialog-title" onClose={close}>
      <h2 id="profile-dialog-title">{profile === null ? "New profile" : "Change the profile"}</h2>
      <ProfileForm profile={profile} close={() => dialog.current?.close()} />
    </dialog>
  );
}
